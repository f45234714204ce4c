using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Emit;

/// <summary>One element-wise operation of a loop; operands are sources.</summary>
/// <param name="Result">The source that it computes.</param>
/// <param name="Form">What it does.</param>
/// <param name="Operands">Its operands.</param>
internal sealed record LoopInstruction(int Result, ElementwiseForm Form, int[] Operands);
