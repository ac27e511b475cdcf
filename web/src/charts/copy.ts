// A chart taken away: as SVG that stands alone, as PNG, as CSV. Colours and type are written into it.

const kept = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-opacity", "stroke-linejoin", "opacity", "font-size", "font-weight", "paint-order"] as const;

/** The drawing as text, with what style sheets say written on every shape, and a bitmap put under it where there is one. */
export function svgText(drawing: SVGSVGElement, bitmap: HTMLCanvasElement | null, title: string): string {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const shapes = drawing.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((shape, i) => {
    const from = shapes[i];
    if (!from) return;
    const style = getComputedStyle(from);
    for (const name of kept) {
      const value = style.getPropertyValue(name);
      if (value !== "") shape.setAttribute(name, value.replaceAll('"', ""));
    }
    if (shape.tagName === "text") shape.setAttribute("font-family", "Inter, system-ui, sans-serif");
    shape.removeAttribute("class");
  });
  const { width, height } = drawing.getBoundingClientRect();
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height));
  const paper = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  paper.setAttribute("width", String(width));
  paper.setAttribute("height", String(height));
  paper.setAttribute("fill", getComputedStyle(document.documentElement).backgroundColor);
  const under: SVGElement[] = [paper];
  if (bitmap) {
    const image = document.createElementNS("http://www.w3.org/2000/svg", "image");
    const box = bitmap.getBoundingClientRect();
    const at = drawing.getBoundingClientRect();
    for (const [name, value] of [["x", box.left - at.left], ["y", box.top - at.top], ["width", box.width], ["height", box.height]] as const) image.setAttribute(name, String(value));
    image.setAttribute("href", bitmap.toDataURL("image/png"));
    under.push(image);
  }
  const name = document.createElementNS("http://www.w3.org/2000/svg", "title");
  name.textContent = title;
  copy.prepend(name, ...under);
  return new XMLSerializer().serializeToString(copy);
}

/** The drawing as a PNG of twice its size on the page. */
export async function pngOf(text: string, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * 2);
    canvas.height = Math.round(height * 2);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the picture could not be made"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Text to the clipboard, or as a file where the clipboard is not given. Says which. */
export async function give(content: string | Promise<Blob>, name: string, type: string): Promise<"copied" | "saved"> {
  try {
    if (typeof content === "string") await navigator.clipboard.writeText(content);
    else await navigator.clipboard.write([new ClipboardItem({ [type]: content })]);
    return "copied";
  } catch {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : await content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    return "saved";
  }
}
