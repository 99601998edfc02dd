/** One server-sent event, whole. */
export interface Told {
  event: string;
  id: string;
  data: string;
}

/** An event longer than this is dropped: nothing the server says is. */
const DATA_CHARS_MAX = 4_000_000;

/**
 * Cuts a text stream into server-sent events, wherever the pieces were cut.
 *
 * Our own reader and not `EventSource`: that one never shows the comment lines by which a dead line
 * is told from a quiet one.
 * Source:  the WHATWG HTML standard, "Interpreting an event stream".
 */
export class SseReader {
  private rest_ = "";
  private event_ = "";
  private data_: string[] = [];
  private chars_ = 0;
  private id_ = "";
  private began_ = false;

  /** The events that `piece` completes. */
  read(piece: string): Told[] {
    let text = this.rest_ + piece;
    if (!this.began_ && text.length > 0) {
      this.began_ = true;
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
    }
    const told: Told[] = [];
    let from = 0;
    for (let at = 0; at < text.length; ++at) {
      const char = text[at];
      if (char !== "\n" && char !== "\r") continue;
      if (char === "\r" && at + 1 === text.length) break; // a \n may follow in the next piece
      this.line_(text.slice(from, at), told);
      if (char === "\r" && text[at + 1] === "\n") ++at;
      from = at + 1;
    }
    this.rest_ = text.slice(from, from + DATA_CHARS_MAX);
    return told;
  }

  private line_(line: string, told: Told[]): void {
    if (line === "") {
      if (this.data_.length > 0 && this.chars_ <= DATA_CHARS_MAX) {
        told.push({ event: this.event_ || "message", id: this.id_, data: this.data_.join("\n") });
      }
      this.event_ = "";
      this.data_ = [];
      this.chars_ = 0;
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (field === "event") this.event_ = value;
    else if (field === "id" && !value.includes("\0")) this.id_ = value;
    else if (field === "data") {
      this.chars_ += value.length;
      if (this.chars_ <= DATA_CHARS_MAX) this.data_.push(value);
    }
  }
}
