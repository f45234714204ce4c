using Pyrite.Ops.Copies;

namespace Pyrite.Autodiff;

/// <summary>The gradients of one tensor from all operations that read it, added in the order in which they come.</summary>
/// <remarks>Those of parts wait, and are added in one pass: slices that a loop takes from a vector cost as much as the vector is long. The additions
/// of each element stay in their order, so the bits are those of adding whole tensors with zeros.</remarks>
internal struct GradientSum
{
    private Tensor? total;
    private List<GradientPart>? parts;

    /// <summary>Whether nothing was added.</summary>
    public readonly bool IsEmpty => total is null && parts is null;

    /// <summary>Adds the gradient of the whole tensor.</summary>
    public void Add(Tensor gradient) => total = Total() is { } sum ? sum + gradient : gradient;

    /// <summary>Adds the gradient of a part.</summary>
    public void Add(GradientPart part) => (parts ??= []).Add(part);

    /// <summary>What was added so far; null for nothing.</summary>
    public Tensor? Total()
    {
        if (parts is not null)
        {
            total = PartSumOperation.Of(total, parts);
            parts = null;
        }
        return total;
    }
}
