namespace Pyrite;

/// <summary>Lets the rate fall along half a cosine, and rise again after it.</summary>
/// <remarks>Loshchilov and Hutter, "SGDR" (2017), equation 5: lowest + ½ (rate - lowest) (1 + cos(π step / length)).</remarks>
/// <param name="length">Steps from the highest to the lowest rate.</param>
/// <param name="lowest">The lowest rate.</param>
public sealed class CosineSchedule(long length, double lowest = 0) : Schedule
{
    private readonly long length = AtLeast(1, length, nameof(length));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step) => lowest + ((baseRate - lowest) * (1 + Math.Cos(Math.PI * step / length)) / 2);
}
