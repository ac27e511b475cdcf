// The monthly review with the keyboard alone: the first partner is named, the review prepared, held and
// closed; what was typed survives a reload; closed minutes stay; the pack prints to two A4 pages.
//   node tests/browser/review.mjs

import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { launch, openPage, settled } from "./support/browser.mjs";
import { run } from "./support/checks.mjs";
import { watchPointers, whereAmI } from "./support/keys.mjs";
import { asked, importSample, send, serve, temporaryFolder, tiebeam } from "./support/program.mjs";

const sheets = (pdf) => pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;

await run(async (checks) => {
  const data = temporaryFolder();
  importSample(data);
  const add = (type, ...fields) => tiebeam(data, "sample", "record", type, "add", ...fields);
  const record = (type, id) => asked(data, "sample", "record", type, "show", id);
  const all = (type) => asked(data, "sample", "record", type, "list").records ?? [];
  add("person", "id=mira", "name=Mira Aalto", "side=it");
  const server = await serve(data);
  const browser = await launch();
  const { page, context, faults } = await openPage(browser);
  await context.addInitScript(watchPointers);
  page.on("dialog", (dialog) => void dialog.accept());
  const where = () => page.evaluate(whereAmI);
  const address = () => new URL(page.url());
  const hidden = new Map();
  const press = async (key) => {
    await page.keyboard.press(key);
    const now = await where();
    if (now !== null && now.fault !== "") hidden.set(`${now.name} on ${address().pathname}${address().search}`, now.fault);
    return now;
  };
  const until = async (what, test, { key = "Tab", most = 90 } = {}) => {
    let now = await where();
    for (let i = 0; i < most; ++i) {
      if (now !== null && test(now)) return checks.check(`${key} reaches ${what}`, true) && now;
      now = await press(key);
    }
    checks.check(`${key} reaches ${what}`, false, `not within ${most} presses on ${address().pathname}; the focus is on ${now?.name}`);
    return null;
  };
  const field = (id) => until(`the field ${id}`, (now) => now.id === id);
  const button = (text, options) => until(`"${text}"`, (now) => ["BUTTON", "A"].includes(now.tag) && now.text.startsWith(text), options);

  // The first partner.
  await page.goto(`${server.url}/o/sample`);
  await settled(page);
  for (const key of ["g", "p"]) await page.keyboard.press(key);
  await checks.holds("g p goes to the partners", () => address().pathname === "/o/sample/partnership", () => page.url());
  await settled(page);
  await field("partner-name");
  await page.keyboard.press("Enter");
  await checks.holds("without a name it says what is missing", async () => /Who is it/.test(await page.locator("#partner-fault").innerText()), "no fault is shown");
  await page.keyboard.type("Dana Reyes");
  await field("partner-role");
  await page.keyboard.type("COO");
  await field("partner-owner");
  await page.keyboard.type("Mira");
  await checks.holds("typing finds who meets them", async () => (await page.locator("#partner-owner-list [role=option]").count()) > 0, "nothing found");
  await page.keyboard.press("Enter");
  await button("Begin");
  await page.keyboard.press("Enter");
  await checks.holds("the review of the first partner opens", () => address().pathname === "/o/sample/partnership/review/review-with-dana-reyes", () => page.url());
  await settled(page);
  const engagement = record("engagement", "review-with-dana-reyes");
  checks.check("one form wrote the person and the rhythm", engagement.partner === "dana-reyes" && engagement.owner === "mira" && record("person", "dana-reyes").side === "business", JSON.stringify(engagement));

  // What there is to talk about.
  const id = engagement.id;
  tiebeam(data, "sample", "record", "engagement", "set", id, "figures=flow.cycle_time.km.p85;flow.rework.share", "since=2016-04-01");
  add("decision", "id=credit", "name=Approve credit to 25k?", "question=Approve?", "decider=dana-reyes", "raised_at=2016-04-20", "needed_by=2016-04-25", "cost_of_delay_a_week=52000 EUR");
  add("commitment", "id=silent", "name=Slowest approvals on one page", "promise=x", "owner=mira", "to=dana-reyes", "made_on=2016-04-02", "due=2016-04-20");
  await checks.holds("the pack shows what was written elsewhere", async () => (await page.locator("main", { hasText: "Approve credit to 25k?" }).count()) === 1 && (await page.locator("main", { hasText: "Slowest approvals" }).count()) === 1, "it is not there");
  await settled(page);
  const printed = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  checks.check("the pack prints to two pages", sheets(printed) === 2, `it prints to ${sheets(printed)}`);

  // Held: words are kept, and one line each is written down.
  await button("Begin the meeting", { key: "Shift+Tab", most: 60 });
  await page.keyboard.press("Enter");
  await checks.holds("Enter begins the meeting", () => address().searchParams.get("step") === "hold", () => page.url());
  await settled(page);
  const meeting = all("meeting")[0];
  checks.check("the meeting is on record", meeting?.engagement === id && meeting?.held_on === "2016-05-01", JSON.stringify(meeting));
  await field("minutes-good");
  await page.keyboard.type("Incidents end sooner");
  await field("minutes-bad");
  await page.keyboard.type("Approvals wait");
  await page.reload();
  await settled(page);
  checks.check("what was typed survives a reload", (await page.locator("#minutes-good").inputValue()) === "Incidents end sooner" && (await page.locator("#minutes-bad").inputValue()) === "Approvals wait", await page.locator("#minutes-good").inputValue());
  await field("minutes-ugly");
  await page.keyboard.type("Nobody told us");
  await field("minutes-asks");
  await page.keyboard.type("A list of slow approvals\nOne number for the board");
  await page.keyboard.press("Control+Enter");
  await checks.holds("Ctrl Enter saves the minutes", () => { const stored = record("meeting", meeting.id); return stored.good === "Incidents end sooner" && stored.ugly === "Nobody told us" && stored.asks.length === 2; }, () => JSON.stringify(record("meeting", meeting.id)));
  const line = async (kind, text) => {
    await field("line-kind");
    await page.keyboard.type(kind);
    await field("line-what");
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
    await checks.holds(`"${kind}" is written down`, async () => (await page.locator("main section li a", { hasText: text }).count()) === 1, "it is not among what was written");
    await until("the field again", (now) => now.id === "line-kind", { key: "Shift+Tab", most: 4 });
  };
  await line("Promised", "The list by June");
  await line("To do", "Send the numbers");
  await line("To decide", "Who owns the approvals?");
  const promise = all("commitment").find((one) => one.name === "The list by June");
  checks.check("the promise says who, to whom, by when, and where", promise?.owner === "mira" && promise?.to === "dana-reyes" && promise?.due === "2016-05-31" && promise?.meeting === meeting.id, JSON.stringify(promise));
  const raised = all("decision").find((one) => one.name === "Who owns the approvals?");
  checks.check("the question waits for the partner", raised?.decider === "dana-reyes" && !raised?.decided_at && raised?.raised_at === "2016-05-01", JSON.stringify(raised));
  await until("the vote on a figure", (now) => now.tag === "INPUT" && /^vote-/.test(now.field ?? ""), { most: 60 });
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await checks.holds("the vote is on record", () => all("metric_vote").some((one) => one.engagement === id && one.figure === "flow.cycle_time.km.p85"), "no vote");
  await settled(page);

  // Closed: shown first, then fixed.
  await button("On to closing", { key: "Shift+Tab", most: 60 });
  await page.keyboard.press("Enter");
  await checks.holds("what will be written is shown first", async () => address().searchParams.get("step") === "close" && (await page.locator("main", { hasText: "Incidents end sooner" }).count()) === 1, () => page.url());
  await settled(page);
  await button("Close the review");
  await page.keyboard.press("Enter");
  await checks.holds("Enter closes the review", () => record("meeting", meeting.id).closed_at !== null && record("meeting", meeting.id).closed_at !== undefined, () => JSON.stringify(record("meeting", meeting.id)));
  await checks.holds("and shows what was agreed", async () => address().searchParams.get("meeting") === meeting.id && /What was agreed/.test(await page.locator("h1").innerText()), () => page.url());
  await settled(page);
  checks.check("the next one has a day", record("engagement", id).next_on === "2016-05-31", JSON.stringify(record("engagement", id).next_on));
  checks.check("nothing in it can be typed into", (await page.locator("main :is(input, textarea)").count()) === 0, "there are fields");
  const stored = record("meeting", meeting.id);
  const put = await fetch(`${server.url}/api/v1/orgs/sample/records/meeting/${meeting.id}`, { method: "PUT", headers: { "Content-Type": "application/json", "Idempotency-Key": "x", "If-Match": `"${stored.version}"` }, body: JSON.stringify({ name: stored.name, engagement: id, good: "Something else" }) });
  const refused = await put.json();
  checks.check("the server refuses to change it, with a way on", !put.ok && JSON.stringify(refused).includes("record.sealed") && record("meeting", meeting.id).good === "Incidents end sooner", `${put.status} ${JSON.stringify(refused)}`);

  // The pack as a file.
  const file = path.join(data, "pack.html");
  tiebeam(data, "sample", "partnership", "review", id, "--format", "html", "-o", file);
  const paper = await openPage(browser, { width: 900, height: 1200 });
  await paper.page.goto(pathToFileURL(file).href);
  const pdf = await paper.page.pdf({ preferCSSPageSize: true, printBackground: true });
  checks.check("the file prints to two A4 pages", sheets(pdf) === 2, `it prints to ${sheets(pdf)}`);
  checks.check("it asks nothing of anybody", (await paper.faults()).length === 0 && !/https?:/.test(fs.readFileSync(file, "utf8")), "it loads something");

  // With far more than fits on it, too: the rest is said to be on the screen.
  const long = "A name that goes on for a while, as names of things do that many people had a say in, and that says too little at the end of it";
  const many = async (type, count, fields) => { for (let i = 0; i < count; ++i) await send(server.url, "POST", `/orgs/sample/records/${type}`, { id: `${type}-${i}`, name: `${i}. ${long}`, ...fields(i) }); };
  await many("commitment", 24, (i) => ({ promise: long, owner: "mira", to: "dana-reyes", made_on: "2016-04-01", due: i < 12 ? "2016-04-25" : "2016-06-01" }));
  await many("decision", 14, (i) => ({ question: long, decider: "dana-reyes", raised_at: "2016-04-01", needed_by: "2016-04-20", cost_of_delay_a_week: { amount: `${1000 + i}.00`, currency: "EUR" } }));
  await many("action", 12, () => ({ what: long, meeting: meeting.id, owner: "mira", due: "2016-04-28" }));
  const figures = ["flow.cycle_time.km.p50", "flow.cycle_time.km.p85", "flow.rework.share", "flow.pingpong.share", "flow.throughput.week", "governance.saydo.kept", "no.such.figure"];
  tiebeam(data, "sample", "record", "engagement", "set", id, `figures=${figures.join(";")}`);
  tiebeam(data, "sample", "partnership", "review", id, "--format", "html", "-o", file);
  await paper.page.goto(pathToFileURL(file).href);
  const full = sheets(await paper.page.pdf({ preferCSSPageSize: true, printBackground: true }));
  checks.check("the file prints to two A4 pages with much more in it", full === 2, `it prints to ${full}`);

  // The demonstration's next review: prepared, held and closed the same way, and each partner's pack on two pages.
  tiebeam(data, null, "demo");
  const company = "northmere-foods";
  for (const one of asked(data, company, "record", "engagement", "list").records) {
    tiebeam(data, company, "partnership", "review", one.id, "--format", "html", "-o", file);
    await paper.page.goto(pathToFileURL(file).href);
    const pages = sheets(await paper.page.pdf({ preferCSSPageSize: true, printBackground: true }));
    checks.check(`the demonstration: the pack of ${one.id} prints to two A4 pages`, pages === 2, `it prints to ${pages}`);
  }
  await page.goto(`${server.url}/o/${company}/partnership/review/with-mika-aalto`);
  await settled(page);
  await button("Begin the meeting");
  await page.keyboard.press("Enter");
  await checks.holds("the demonstration: the meeting begins", () => address().searchParams.get("step") === "hold", () => page.url());
  await settled(page);
  await field("minutes-good");
  await page.keyboard.type("Half of the shops reorder in two clicks");
  await page.keyboard.press("Control+Enter");
  await settled(page);
  await line("To do", "Show the rejected orders");
  await button("On to closing", { key: "Shift+Tab", most: 60 });
  await page.keyboard.press("Enter");
  await checks.holds("the demonstration: closing is shown first", () => address().searchParams.get("step") === "close", () => page.url());
  await settled(page);
  await button("Close the review");
  await page.keyboard.press("Enter");
  await checks.holds("the demonstration: the review is closed, on the day it is looked at", () => asked(data, company, "record", "meeting", "list").records.some((one) => one.good === "Half of the shops reorder in two clicks" && one.held_on === "2026-11-16" && one.closed_at), "no such meeting is closed");
  await page.goto(`${server.url}/o/sample/partnership/review/${id}`);
  await settled(page);
  const onPaper = sheets(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
  checks.check("the pack prints to two pages with much more in it", onPaper === 2, `it prints to ${onPaper}`);

  for (const [what, fault] of hidden) checks.check("one sees where the focus is", false, `${what} ${fault}`);
  const pointers = await page.evaluate(() => window.pointersSeen);
  checks.check("no pointer event was sent", pointers.length === 0, pointers.join(", "));
  const seen = await faults();
  checks.check("nothing is wrong in the console", seen.length === 0, seen.slice(0, 5).join("\n  "));
  await browser.close();
  await server.stop();
});
