import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import type { FieldInfo } from "@tiebeam/model";
import Combobox from "./Combobox.svelte";
import EstimateInput from "./EstimateInput.svelte";
import FieldInput from "./FieldInput.svelte";
import { Names } from "./names.svelte";

Element.prototype.scrollIntoView = vi.fn(); // the test's page has no layout

const field = (name: string, kind: FieldInfo["kind"], more: Partial<FieldInfo> = {}): FieldInfo =>
  ({ name, kind, required: false, min: null, max: null, refers_to: null, choices: [], unit: null, help: "", kept: false, initial: null, ...more });
const people = [{ id: "ann", name: "Ann Berg", detail: "ann" }, { id: "bo", name: "Bo Lind", detail: "bo" }];

describe("a combobox", () => {
  const scene = () => {
    const onpick = vi.fn();
    const search = vi.fn((q: string) => Promise.resolve(people.filter((one) => one.name.toLowerCase().includes(q.toLowerCase()))));
    render(Combobox, { id: "who", value: "bo", name: "Bo Lind", search, onpick });
    return { onpick, search, input: screen.getByRole<HTMLInputElement>("combobox") };
  };
  it("finds while typing and chooses with the keyboard", async () => {
    const { onpick, input } = scene();
    expect(input.value).toBe("Bo Lind");
    await fireEvent.input(input, { target: { value: "ann" } });
    expect(input.getAttribute("aria-expanded")).toBe("true");
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
    expect(input.getAttribute("aria-activedescendant")).toBe("who-option-0");
    await fireEvent.keyDown(input, { key: "Enter" });
    expect(onpick).toHaveBeenCalledWith(people[0]);
    expect(input.getAttribute("aria-expanded")).toBe("false");
  });
  it("shows all with the arrow keys, wraps around, and Escape leaves the choice as it was", async () => {
    const { onpick, input } = scene();
    await fireEvent.keyDown(input, { key: "ArrowDown" });
    await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(2));
    await fireEvent.keyDown(input, { key: "ArrowUp" });
    expect(input.getAttribute("aria-activedescendant")).toBe("who-option-1");
    await fireEvent.keyDown(input, { key: "Escape" });
    expect(input.getAttribute("aria-expanded")).toBe("false");
    expect(input.value).toBe("Bo Lind");
    expect(onpick).not.toHaveBeenCalled();
  });
  it("can be emptied", async () => {
    const { onpick } = scene();
    await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(onpick).toHaveBeenCalledWith(null);
  });
});

describe("fields", () => {
  it("say what is wrong beside the input, and that it is needed", () => {
    const faults = [{ field: "count", pointer: "/count", message: "This must be a whole number", hint: null }];
    render(FieldInput, { field: field("count", "integer", { required: true, min: 0, max: 10, help: "how many", unit: "items" }), value: "1.5", faults, names: new Names(), currency: "EUR", onchange: vi.fn() });
    const input = screen.getByLabelText(/Count/);
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(input.getAttribute("aria-describedby")).toBe("field-count-fault field-count-help");
    expect(screen.getByText("How many; 0 to 10")).toBeTruthy();
    expect(screen.getByText(/✗ This must be a whole number/)).toBeTruthy();
  });
  it("keep low and high when another shape is chosen", async () => {
    const onchange = vi.fn();
    render(EstimateInput, { id: "cost", field: field("cost", "estimate"), value: { way: "pert", parameters: { min: "20", mode: "40", max: "90" }, points: [] }, onchange });
    expect(screen.getByRole("img").getAttribute("aria-label")).toMatch(/^9 in 10 between/);
    await fireEvent.change(screen.getByLabelText("Cost: how sure"), { target: { value: "lognormal" } });
    expect(onchange).toHaveBeenCalledWith({ way: "lognormal", parameters: { p05: "20", p95: "90" }, points: [] });
  });
});
