namespace Pyrite;

/// <summary>Several flows, one after the other.</summary>
public sealed class FlowSequence : Flow
{
    private readonly Flow[] parts;

    /// <summary>Joins flows of one size.</summary>
    /// <param name="parts">The flows in the order of their application, at least one.</param>
    /// <exception cref="ArgumentException">There is none, or sizes differ.</exception>
    public FlowSequence(params Flow[] parts)
        : base(parts is { Length: > 0 } ? parts[0].Size : throw new ArgumentException("A sequence of flows needs at least one.", nameof(parts)))
    {
        foreach (Flow part in parts)
        {
            if (part.Size != Size)
            {
                throw new ArgumentException($"Flows in a sequence must have one size; found {Size} and {part.Size}.", nameof(parts));
            }
        }
        this.parts = parts;
    }

    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x)
    {
        Tensor? total = null;
        foreach (Flow part in parts)
        {
            (x, Tensor change) = part.Forward(x);
            total = total is null ? change : total + change;
        }
        return (x, total!);
    }

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y)
    {
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            y = parts[i].Inverse(y);
        }
        return y;
    }
}
