namespace Pyrite.Kernels;

/// <summary>One element-wise operation of a loop; operands are sources.</summary>
/// <param name="Result">The source that it computes.</param>
/// <param name="Operation">What it does, unless <paramref name="Function"/> says so.</param>
/// <param name="Function">A function of vectors (an <see cref="ISimdFunction"/> or <see cref="ISimdPairFunction"/>), or null.</param>
/// <param name="Operands">Its operands.</param>
internal sealed record LoopInstruction(int Result, ChainOperation Operation, Type? Function, int[] Operands);
