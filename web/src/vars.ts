import { noChange } from "lit";
import { Directive, directive, PartType, type ElementPart, type PartInfo } from "lit/directive.js";

/**
 * Sets style properties of an element one by one: `<i ${vars({ "--x": "4px" })}>`. A style attribute
 * would be against the content policy (no inline styles); this is not one.
 */
class Vars extends Directive {
  private last_: Record<string, string> = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("vars() belongs on an element");
  }

  render(_values: Record<string, string>): unknown {
    return noChange;
  }

  override update(part: ElementPart, [values]: [Record<string, string>]): unknown {
    const style = (part.element as HTMLElement).style;
    for (const [name, value] of Object.entries(values)) {
      if (this.last_[name] !== value) style.setProperty(name, value);
    }
    for (const name of Object.keys(this.last_)) if (!(name in values)) style.removeProperty(name);
    this.last_ = { ...values };
    return noChange;
  }
}

export const vars = directive(Vars);
