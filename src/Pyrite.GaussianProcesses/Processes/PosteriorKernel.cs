namespace Pyrite.Processes;

/// <summary>The covariance of a process given something that was seen: matrices of it may be singular, and are not made of single pairs.</summary>
internal abstract class PosteriorKernel(Kernel prior) : Kernel
{
    public override string Name => Prior.Name;

    internal override bool SeparatesEqualRows => true;

    internal override bool IsKnownToBeSymmetric => Prior.IsKnownToBeSymmetric;

    protected Kernel Prior { get; } = prior;

    protected sealed override Tensor Evaluate(Tensor x, Tensor z) =>
        throw new InvalidOperationException("The kernel of a conditioned process gives matrices, not single pairs.");
}
