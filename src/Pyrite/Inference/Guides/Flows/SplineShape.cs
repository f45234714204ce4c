namespace Pyrite.Inference.Guides.Flows;

/// <summary>Turns free numbers into rational-quadratic splines.</summary>
internal static class SplineShape
{
    private const double SmallestShare = 1e-3;
    private const double SmallestSlope = 1e-3;

    // Softplus of this is 1 - the smallest slope, so that zeros give the identity.
    private static readonly double SlopeAtZero = Math.Log(Math.Exp(1 - SmallestSlope) - 1);

    /// <summary>How many numbers a spline of so many pieces takes.</summary>
    public static int Numbers(int pieces) => (3 * pieces) - 1;

    /// <summary>A spline for each vector of numbers [.., 3 pieces - 1]; zeros give the identity.</summary>
    public static SplineTransform From(Tensor numbers, int pieces, double bound)
    {
        Tensor Shares(int offset) => SmallestShare + ((1 - (SmallestShare * pieces)) * numbers.Slice(-1, offset, pieces).Softmax(-1));
        Tensor slopes = SmallestSlope + (numbers.Slice(-1, 2 * pieces, pieces - 1) + SlopeAtZero).Softplus();
        return new SplineTransform(Shares(0), Shares(pieces), slopes, bound, validate: false);
    }
}
