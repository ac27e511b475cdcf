import { describe, expect, it } from "vitest";
import { lint } from "./lint.mjs";

const page = "rooms/flow/web/Overview.svelte";
const messages = (file: string, text: string): string[] => lint(file, text).map((fault: { line: number; message: string }) => `${fault.line}: ${fault.message}`);

describe("what the rules refuse", () => {
  it.each([
    ["toFixed", page, "<p>{days.toFixed(1)}</p>", "makes text of a number"],
    ["toLocaleString", "web/src/shell/A.svelte", "<p>{n.toLocaleString()}</p>", "only place that rounds"],
    ["toLocaleString in a chart", "web/src/charts/a.ts", "n.toLocaleString();", "toLocaleString makes text"],
    ["Intl.NumberFormat", "web/src/pages/a.ts", "const f = new Intl.NumberFormat();", "<Figure>"],
    ["Math.round in text", page, "<p>{Math.round(x)} items</p>", "reads the same everywhere"],
    ["Math.round in a template", page, "<script>const t = `${Math.round(x)} d`;</script>", "Math.round makes text"],
    ["fetch", "web/src/pages/a.ts", "const r = await fetch(url);", "outside web/src/api"],
    ["EventSource", page, "<script>new EventSource(url)</script>", "outside web/src/api"],
    ["style text", page, '<p style="color: red">a</p>', "Content-Security-Policy"],
    ["style value", page, "<p style={color}>a</p>", "style:property"],
    ["html", page, "{@html text}", "what people typed would run"],
    ["innerHTML", "web/src/charts/a.ts", "node.innerHTML = text;", "text becomes markup"],
    ["any", "web/src/a.ts", "const a: any = 1;", "use unknown"],
    ["as any", "web/src/a.ts", "f(a as any);", "use unknown"],
    ["any list", page, '<script lang="ts">let a: any[] = [];</script>', "use unknown"],
    ["any argument", "web/src/a.ts", "const a = new Map<string, any>();", "use unknown"],
    ["ts-ignore", "web/src/a.ts", "// @ts-ignore\n", "correct the type"],
    ["another room", page, '<script>import A from "../../risk/web/A.svelte";</script>', "room 'flow' imports room 'risk'"],
    ["another room, lazily", "rooms/flow/web/room.ts", 'const a = () => import("../../risk/web/A.svelte");', "ask for a Figure by its key"],
    ["leaving the room", page, '<script>import { place } from "../../../web/src/router.svelte";</script>', "@tiebeam/"],
    ["number texts", page, '<script>import { dayText, valueText } from "@tiebeam/format";</script>', "valueText of format.ts"],
    ["number texts by another name", page, '<script>import { rowsText } from "@tiebeam/records/rows";</script>', "HowMany.svelte"],
    ["number texts in pages", "web/src/pages/A.svelte", '<script>import { countText } from "../format";</script>', "so that each can be opened"],
    ["all of format", page, '<script>import * as format from "@tiebeam/format.ts";</script>', "<Figure>"],
    ["a long component", page, "<p>a</p>\n".repeat(251), "split it"],
  ])("%s", (_name, file, text, part) => {
    const found = messages(file, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(part);
  });
});

describe("what the rules allow", () => {
  it.each([
    ["format.ts rounds", "web/src/format.ts", "value.toFixed(1); new Intl.NumberFormat();"],
    ["charts place marks on pixels", "web/src/charts/a.ts", "const d = `M${Math.round(x)} ${y.toFixed(1)}`;"],
    ["rounding that is not text", page, "<rect x={Math.round(a)} />"],
    ["the client asks", "web/src/api/client.ts", "await fetch(url);"],
    ["a word that ends in fetch", "web/src/a.ts", "prefetch(url); cache.fetch(url);"],
    ["changing styles", page, "<p style:width={width}>a</p><style>p { color: red; }</style>"],
    ["any in words", page, "<p>Notes: any size, as any of them</p>"],
    ["any in comments", "web/src/a.ts", "// : any\n/* as any */ const company: Anything = 1;"],
    ["dates", page, '<script>import { ageText, instantText } from "@tiebeam/format";</script>'],
    ["types of format", page, '<script>import type { Parts } from "@tiebeam/format";</script>'],
    ["what rooms share", page, '<script>import Page from "@tiebeam/shell/Page.svelte";\nimport { order } from "./parts/order";\nimport { up } from "../web/up";</script>'],
    ["250 lines", page, "<p>a</p>\n".repeat(250)],
    ["the shell says counts", "web/src/shell/Jobs.svelte", '<script>import { countText } from "../format";</script>'],
    ["addresses", "web/src/a.ts", 'const url = "http://x/any"; // fetch(url)'],
  ])("%s", (_name, file, text) => {
    expect(messages(file, text)).toEqual([]);
  });
});

it("names the line", () => {
  expect(lint(page, "<script>\n  let a = 1;\n</script>\n<p>{a.toFixed(2)}</p>\n")[0]).toMatchObject({ line: 4 });
  expect(lint("web/src/a.ts", "/* one\ntwo */\nconst a: any = 1;\n")[0]).toMatchObject({ line: 3 });
});
