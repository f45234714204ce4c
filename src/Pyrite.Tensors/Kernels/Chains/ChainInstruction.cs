using Pyrite.Kernels.Code;

namespace Pyrite.Kernels.Chains;

/// <summary>One operation of a chain; operands are numbers of values, and -1 where there is none.</summary>
internal readonly record struct ChainInstruction(ElementwiseForm Form, int A, int B = -1, int C = -1);
