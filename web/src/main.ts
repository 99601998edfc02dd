import "./theme.css";
import { App } from "./app.js";

if ("serviceWorker" in navigator && isSecureContext && import.meta.env.PROD) {
  // From now on answers are kept: what is on the page is read once more, so that it is among them.
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    document.querySelector<App>("hs-app")?.refresh();
  }, { once: true });
  // Without it the page works; it only does not open without a line.
  void navigator.serviceWorker.register("sw.js").catch(() => undefined);
}

customElements.define("hs-app", App);
