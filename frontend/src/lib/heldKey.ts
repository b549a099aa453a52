import type { KeyboardEvent } from 'react';

/** For buttons whose press takes the task away: a held Enter would press the next one's, too. */
export function pressOnce(event: KeyboardEvent): void {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault();
}
