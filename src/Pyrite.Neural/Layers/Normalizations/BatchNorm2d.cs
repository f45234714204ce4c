namespace Pyrite;

/// <summary>Batch normalization of [N, C, H, W].</summary>
/// <inheritdoc cref="BatchNorm" path="/remarks"/>
/// <param name="channels">Size of axis 1.</param>
/// <param name="epsilon">Added to the variance.</param>
/// <param name="momentum">Weight of the new value in the running statistics; null takes the mean of all batches.</param>
/// <param name="affine">Whether scale and shift are learnt.</param>
public sealed class BatchNorm2d(int channels, double epsilon = 1e-5, double? momentum = 0.1, bool affine = true)
    : BatchNorm(channels, epsilon, momentum, affine)
{
    private protected override string ShapeText => "[N, {0}, H, W]";

    private protected override bool IsRank(int rank) => rank == 4;
}
