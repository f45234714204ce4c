using Pyrite.Inference.Guides.Flows;

namespace Pyrite;

/// <summary>A learnable bijection of vectors, with the logarithm of its volume change: what normalizing flows are made of.</summary>
/// <remarks>Derive from it for a flow of one's own; parameters are those of a <see cref="Module"/>.</remarks>
public abstract class Flow : Module
{
    /// <summary>A flow of vectors of some length.</summary>
    /// <param name="size">How many numbers a vector has, at least 1.</param>
    protected Flow(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        Size = size;
    }

    /// <summary>How many numbers a vector has.</summary>
    public int Size { get; }

    /// <summary>The image of vectors, and log |dy/dx| of each.</summary>
    /// <param name="x">[.., size].</param>
    /// <returns>[.., size], and its shape without the last axis (or one number for all).</returns>
    public abstract (Tensor Y, Tensor LogChange) Forward(Tensor x);

    /// <summary>The vectors whose images are given.</summary>
    /// <param name="y">[.., size].</param>
    public abstract Tensor Inverse(Tensor y);

    /// <summary>The flow, with its present parameters, as a transform for <see cref="TransformedDistribution"/>.</summary>
    public Transform AsTransform() => new FlowTransform(this);
}
