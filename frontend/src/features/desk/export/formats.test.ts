import { describe, expect, it } from 'vitest';
import { FIRST, fitting, formatsFor, needsImages } from './formats';

const draws = { interface: 'image_manual', choice_style: 'single' } as const;
const chooses = { interface: 'choice', choice_style: 'single' } as const;

describe('formats of exports', () => {
  it('are offered where they hold what is asked', () => {
    expect(formatsFor(draws)).toEqual([
      ...['jsonl', 'csv', 'coco', 'yolo', 'voc', 'cvat', 'label_studio'],
    ]);
    expect(formatsFor({ ...chooses, interface: 'image_choice' })).toEqual(['jsonl', 'csv']);
  });

  it('have no folders where an image may have several classes', () => {
    expect(formatsFor(chooses)).toContain('image_folder');
    const many = formatsFor({ ...chooses, choice_style: 'multiple' });
    expect(many).toEqual(['jsonl', 'csv', 'cvat', 'label_studio']);
  });

  it('take along the images that they are made of', () => {
    expect(needsImages('yolo', chooses)).toBe(true);
    expect(needsImages('yolo', draws)).toBe(false);
    expect(fitting({ ...FIRST, format: 'image_folder' }, chooses).images).toBe(true);
  });

  it('forget what was asked of another format', () => {
    const asked = { ...FIRST, which: 'both', names: true } as const;
    expect(fitting({ ...asked, format: 'coco' }, draws)).toEqual({ ...FIRST, format: 'coco' });
    expect(fitting({ ...asked, format: 'csv' }, draws).which).toBe('both');
  });
});
