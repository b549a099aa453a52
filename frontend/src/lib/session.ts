import { create } from 'zustand';

interface Session {
  /** Somebody was logged in on this page. */
  known: boolean;
  /** The server has since said 401: the page stays as it is and asks to log in again. */
  expired: boolean;
  begin: () => void;
  expire: () => void;
}

export const useSession = create<Session>((set) => ({
  known: false,
  expired: false,
  begin: () => set({ known: true, expired: false }),
  expire: () => set(({ known }) => ({ expired: known })),
}));
