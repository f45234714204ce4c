using System.Runtime.CompilerServices;

namespace Pyrite.Functions.Preimages;

/// <summary>Room on the stack for a value and two parameters, and for what these were made of.</summary>
[InlineArray(8)]
internal struct OriginRoom
{
    private Tensor first;
}
