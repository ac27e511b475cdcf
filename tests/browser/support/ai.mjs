// What the command line says for the cells of the page of AI tools: rows of its arrays, and how many tools fit what was
// chosen. `ask(...words)` runs a command for the moment of the page.

/** The tools that a choice leaves, as the page says it: "status / needs / department / words". */
function chosen(tools, which) {
  const [status, need, department, q] = which.split(" / ").map((part) => part.trim());
  const words = (q ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  return tools.filter((tool) => {
    const text = `${tool.name} ${tool.purpose} ${tool.department} ${tool.unit}`.toLowerCase();
    return (!status || tool.status === status) && (!need || tool.needs.includes(need)) && (!department || tool.department === department) && words.every((word) => text.includes(word));
  }).length;
}

/** {value, unit, width} of a key; undefined when it is none of these. */
export function ofAi(key, ask) {
  const parts = /^risk\.ai\.(\w+)\[(.*)\]\.(\w+)$/.exec(key);
  if (!parts) return undefined;
  const [, array, row, column] = parts;
  const answer = ask("risk", "ai");
  const cell = (value, unit) => (value === undefined ? undefined : { value, unit: value?.currency ?? unit, width: 0 });
  if (array === "chosen") return cell(chosen(answer.tools, row), "tools");
  const named = { months: (one) => one.month, departments: (one) => one.department, duplicates: (one) => one.tools[0]?.id }[array];
  return named && cell(answer[array].find((one) => named(one) === row)?.[column], array === "months" ? "days" : "");
}
