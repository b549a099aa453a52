import { create } from 'zustand';

/** The imports that were begun on this page and are not over, as far as it knows. */
export const useBegunImports = create<{ ids: readonly string[] }>(() => ({ ids: [] }));

export function rememberImport(id: string): void {
  forgetImport(id);
  useBegunImports.setState(({ ids }) => ({ ids: [...ids, id] }));
}

export function forgetImport(id: string): void {
  useBegunImports.setState(({ ids }) => ({ ids: ids.filter((each) => each !== id) }));
}
