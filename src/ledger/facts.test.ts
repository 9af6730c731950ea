import { test } from 'node:test';
import { expect } from 'expect';
import { factsOf } from './facts';

test('a release has what it and those before it changed', () => {
  expect(factsOf('7.2.22').windowRestrictions).toBe(0x0f);
  expect(factsOf('10.2.1').windowRestrictions).toBe(0x0f);
  expect(factsOf('11.1.3').windowRestrictions).toBe(0x2f);
});

test('without a release it is the newest', () => expect(factsOf()).toEqual(factsOf('99.0')));
