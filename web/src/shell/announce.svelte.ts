// One polite live region for the shell: which page is open, what arrived.

class Announcer {
  text = $state("");
  say(text: string): void {
    this.text = "";
    queueMicrotask(() => {
      this.text = text;
    });
  }
}
export const announcer = new Announcer();
