/** Strokes on a 24 px grid. */
const PATHS = {
  home: 'M4 11 12 4l8 7v8a1 1 0 0 1-1 1h-4v-6H9v6H5a1 1 0 0 1-1-1z',
  datasets: 'M4 5h7v6H4zM13 5h7v6h-7zM4 13h7v6H4zM13 13h7v6h-7z',
  people:
    'M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.4a3.5 3.5 0 0 1 0 6.2M18 14.2a6.5 6.5 0 0 1 3.5 5.8',
  chevron: 'm9 6 6 6-6 6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5',
  down: 'm6 9 6 6 6-6',
  grip: 'M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  plus: 'M12 5v14M5 12h14',
  cross: 'M6 6l12 12M18 6 6 18',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M4.9 4.9l1.4 1.4M17.7 17.7l1.4 1.4M2 12h2M20 12h2M4.9 19.1l1.4-1.4M17.7 6.3l1.4-1.4',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  key: 'M14.5 13.5a4.5 4.5 0 1 0-4.2-2.8L4 17v3h3l1-1v-2h2l2.7-2.7a4.5 4.5 0 0 0 1.8-.8zM16 8h.01',
  logout: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  pencil: 'M4 20v-4L16 4l4 4L8 20zM13 7l4 4',
  check: 'm5 13 4 4L19 7',
  alert: 'M12 4 2.5 20h19zM12 10v4M12 17h.01',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  download: 'M12 4v12M7 11l5 5 5-5M4 20h16',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  grid: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  rows: 'M4 6h16M4 12h16M4 18h16',
  box: 'M4 7h16v10H4z',
  adjust: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16',
  adjusted: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 4v16M15 6v12M18 7.5v9',
  lock: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3',
  unlock: 'M6 11h12v9H6zM9 11V8a3 3 0 0 1 5.8-1',
  eye: 'M2.5 12S6 6 12 6s9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  eyeOff:
    'M4 4l16 16M7.5 7.6C4.3 9.2 2.5 12 2.5 12S6 18 12 18c1.7 0 3.2-.5 4.5-1.2M10.5 6.1C11 6 11.5 6 12 6c6 0 9.5 6 9.5 6s-.8 1.4-2.3 2.9',
  polygon: 'M4 9 12 4l8 6-3 9H7zM4 9h.01M12 4h.01M20 10h.01M17 19h.01M7 19h.01',
  pointer: 'm5 3 14 8-6 1.5L9.5 19z',
  back: 'M10 6 4 12l6 6M4 12h16',
  undo: 'M8 4 4 8l4 4M4 8h10a6 6 0 0 1 0 12H8',
  redo: 'm16 4 4 4-4 4M20 8H10a6 6 0 0 0 0 12h6',
  thumb: 'M7 11v9H4v-9zM7 11l4-7c1.5 0 2.5 1 2.5 2.5V10H20l-1.5 9a1.5 1.5 0 0 1-1.5 1H7',
  list: 'M10 6h10M10 12h10M10 18h10M4 5l1 1 2-2M4 11l1 1 2-2M4 17l1 1 2-2',
  book: 'M5 4h6a1 1 0 0 1 1 1v15a2 2 0 0 0-2-2H5zM19 4h-6a1 1 0 0 0-1 1v15a2 2 0 0 1 2-2h5z',
  history: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4M12 8v4.5l3 2',
  talk: 'M4 5h16v11H10l-4 4v-4H4zM8 9h8M8 12h5',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4',
  image: 'M4 5h16v14H4zM4 16l5-5 4 4 2-2 5 4M15.5 9.5h.01',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration only: the words beside it, or the button's own label, say the same. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      focusable={false}
      style={{ flexShrink: 0 }}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
