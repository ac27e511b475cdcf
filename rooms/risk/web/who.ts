// Somebody who agrees to something by name: on record, or new.

import { api } from "@tiebeam/api/client";

export interface Who {
  readonly id: string; // of the person, "" while nobody is chosen
  readonly isNew: boolean; // their name is typed, not chosen
  readonly name: string;
  readonly role: string;
}
export const somebody = (id: string): Who => ({ id, isNew: false, name: "", role: "" });
export const isNamed = (who: Who): boolean => who.id !== "" || who.name.trim() !== "";

/** The id of the person; who is new is put on record first. */
export async function personOf(who: Who): Promise<string> {
  if (who.id !== "") return who.id;
  const { data } = await api.create("person", { name: who.name.trim(), ...(who.role.trim() === "" ? {} : { role: who.role.trim() }) });
  return data.id;
}
