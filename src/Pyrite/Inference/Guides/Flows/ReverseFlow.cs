namespace Pyrite;

/// <summary>The order of a vector turned round, so that the next layer conditions on the other end; nothing to learn.</summary>
/// <param name="size">How many numbers a vector has.</param>
public sealed class ReverseFlow(int size) : Flow(size)
{
    /// <inheritdoc/>
    public override (Tensor Y, Tensor LogChange) Forward(Tensor x) => (x.Flip(-1), Tensor.Zeros(Shape.Scalar, x.DType));

    /// <inheritdoc/>
    public override Tensor Inverse(Tensor y) => y.Flip(-1);
}
