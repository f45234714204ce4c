namespace Pyrite.Layers.Normalizations;

/// <summary>Takes mean and scale out of a tensor.</summary>
internal static class Standardization
{
    /// <summary>(x - mean) / √(biased variance + epsilon), over some axes.</summary>
    public static Tensor Apply(Tensor x, ReadOnlySpan<int> axes, double epsilon)
    {
        Tensor centred = x - x.Mean(axes, keepDimensions: true);
        return centred / (centred.Square().Mean(axes, keepDimensions: true) + epsilon).Sqrt();
    }
}
