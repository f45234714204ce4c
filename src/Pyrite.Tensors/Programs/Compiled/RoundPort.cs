namespace Pyrite.Programs.Compiled;

/// <summary>A value of a round that comes from an array, or goes to one: all of it, or one number of a small one.</summary>
/// <param name="Source">The value.</param>
/// <param name="Array">The array: which part of the carry, which input, output or fixed tensor.</param>
/// <param name="Element">The first element of the round's slice that it is.</param>
internal readonly record struct RoundPort(int Source, int Array, int Element);
