import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPart } from '@/testing/renderPart';
import { ProgressParts } from './ProgressParts';

test('three parts by their share, and the same in words', () => {
  renderPart(<ProgressParts tasks={{ total: 20, final: 5, conflicted: 4, answered: 1 }} legend />);
  const bar = screen.getByRole('img', { name: '5 of 20 final, 4 in conflict, 1 answered' });
  const widths = [...bar.children].map((part) => (part as HTMLElement).style.width);
  expect(widths).toEqual(['25%', '20%', '5%']);
  expect(screen.getByText('10', { selector: 'b' })).toBeInTheDocument(); // 20 - 5 - 4 - 1 are open
});

test('nothing to do is no division by zero', () => {
  renderPart(<ProgressParts tasks={{ total: 0, final: 0, conflicted: 0, answered: 0 }} />);
  expect(screen.getByRole('img', { name: 'No images yet' })).toBeInTheDocument();
});
