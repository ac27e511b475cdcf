// Who writes, as far as this browser says: a person of the organisation, chosen from its records and
// not verified. Kept by organisation; nothing of one is known to another.
import type { OrgId } from "../model";

const keyOf = (org: OrgId): string => `tiebeam.person.${org}`;

class Identity {
  #chosen: Readonly<Record<string, string | null>> = $state.raw({});

  /** Id of the person; null: nobody was chosen, which is enough for reading. */
  of(org: OrgId | null): string | null {
    if (org === null) return null;
    const held = this.#chosen[org];
    return held === undefined ? read(org) : held;
  }
  choose(org: OrgId, person: string | null): void {
    this.#chosen = { ...this.#chosen, [org]: person };
    try {
      if (person === null) localStorage.removeItem(keyOf(org));
      else localStorage.setItem(keyOf(org), person);
    } catch {
      // A browser that keeps nothing asks again after a reload.
    }
  }
}
function read(org: OrgId): string | null {
  try {
    return localStorage.getItem(keyOf(org));
  } catch {
    return null;
  }
}
export const identity = new Identity();
