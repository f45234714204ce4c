namespace Pyrite;

/// <summary>Lets the rate fall along half a cosine, again and again, each time over a longer stretch.</summary>
/// <remarks>Loshchilov and Hutter, "SGDR" (2017).</remarks>
/// <param name="length">Steps of the first stretch.</param>
/// <param name="growth">Factor from one stretch to the next; 1 keeps the length.</param>
/// <param name="lowest">The lowest rate.</param>
public sealed class CosineRestartsSchedule(long length, long growth = 1, double lowest = 0) : Schedule
{
    private readonly long length = AtLeast(1, length, nameof(length));
    private readonly long growth = AtLeast(1, growth, nameof(growth));

    /// <inheritdoc/>
    public override double Rate(double baseRate, long step)
    {
        long stretch = length;
        long position = step;
        if (growth == 1)
        {
            position %= stretch;
        }
        while (position >= stretch)
        {
            position -= stretch;
            stretch *= growth;
        }
        return lowest + ((baseRate - lowest) * (1 + Math.Cos(Math.PI * position / stretch)) / 2);
    }
}
