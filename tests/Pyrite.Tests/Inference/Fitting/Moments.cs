namespace Pyrite.Tests;

/// <summary>Mean and standard error of numbers that come one by one.</summary>
internal sealed class Moments
{
    private long count;
    private double mean;
    private double squares;

    public double Mean => mean;

    public double Variance => squares / (count - 1);

    /// <summary>4.5 standard errors of the mean.</summary>
    public double Margin => 4.5 * Math.Sqrt(Variance / count);

    public void Add(double value)
    {
        count++;
        double delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }

    /// <summary>The mean is the expected one within 4.5 standard errors, and these are small enough to tell.</summary>
    public void AssertMean(double expected, double largestMargin = 0.1)
    {
        Assert.InRange(Margin, 0, largestMargin);
        Assert.InRange(mean, expected - Margin - 1e-12, expected + Margin + 1e-12);
    }
}
