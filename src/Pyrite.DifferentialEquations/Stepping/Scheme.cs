namespace Pyrite.Stepping;

/// <summary>One step of a method: from the state before it to the state behind it, with an estimate of the error and values in between.</summary>
/// <remarks>One object serves one run at a time.</remarks>
internal abstract class Scheme
{
    /// <param name="dynamics">What is integrated.</param>
    /// <param name="stages">How many stages a step has.</param>
    protected Scheme(IDynamics dynamics, int stages)
    {
        Dynamics = dynamics;
        int n = dynamics.Size;
        (Before, After, Error, Stages) = (new double[n], new double[n], new double[n], new double[stages * n]);
        (Units, StageCount) = (new double[n], stages);
    }

    /// <summary>What is integrated.</summary>
    public IDynamics Dynamics { get; }

    /// <summary>The state before the step.</summary>
    public double[] Before { get; }

    /// <summary>The state behind the step.</summary>
    public double[] After { get; }

    /// <summary>The estimated error of the state behind the step.</summary>
    public double[] Error { get; }

    /// <summary>The unit of each component, its tolerance; set before a step is tried.</summary>
    public double[] Units { get; }

    /// <summary>The stages, one after the other.</summary>
    public double[] Stages { get; }

    /// <summary>How many stages there are.</summary>
    public int StageCount { get; }

    /// <summary>The length of the last step that was tried.</summary>
    public double Length { get; private set; }

    /// <summary>The power of the step that the error grows with.</summary>
    public abstract int ErrorOrder { get; }

    /// <summary>How often a slope was computed.</summary>
    public long Slopes { get; protected set; }

    /// <summary>How often a Jacobian was computed.</summary>
    public long Jacobians { get; protected set; }

    /// <summary>Prepares steps from <see cref="Before"/>, which somebody has written.</summary>
    /// <param name="t">The time of that state.</param>
    /// <param name="slope">Takes the slope there.</param>
    public void Start(double t, Span<double> slope)
    {
        Begin(t);
        StartSlope(t, slope);
    }

    /// <summary>Forgets the counts.</summary>
    public void ResetCounts() => (Slopes, Jacobians) = (0, 0);

    /// <summary>Tries a step.</summary>
    /// <param name="t">The time before it.</param>
    /// <param name="h">Its length, with its sign.</param>
    /// <returns>Whether all numbers are finite.</returns>
    public bool Attempt(double t, double h)
    {
        Length = h;
        return Try(t, h) && IsFinite(After) && IsFinite(Error);
    }

    /// <summary>Makes the state behind the step the one before the next.</summary>
    public abstract void Accept();

    /// <summary>The state inside the last step that was tried.</summary>
    /// <param name="theta">How far into the step, from 0 to 1.</param>
    /// <param name="y">Takes the state.</param>
    public void Interpolate(double theta, Span<double> y) => Interpolate(theta, Length, Before, After, Stages, y);

    /// <summary>The state inside a step.</summary>
    /// <param name="theta">How far into the step, from 0 to 1.</param>
    /// <param name="h">The length of the step.</param>
    /// <param name="before">The state before it.</param>
    /// <param name="after">The state behind it.</param>
    /// <param name="stages">Its stages.</param>
    /// <param name="y">Takes the state.</param>
    public abstract void Interpolate(double theta, double h, ReadOnlySpan<double> before, ReadOnlySpan<double> after,
        ReadOnlySpan<double> stages, Span<double> y);

    /// <summary>The state behind a step, from its stages.</summary>
    /// <param name="before">The state before it.</param>
    /// <param name="stages">Its stages.</param>
    /// <param name="h">Its length.</param>
    /// <param name="y">Takes the state.</param>
    public abstract void End(ReadOnlySpan<double> before, ReadOnlySpan<double> stages, double h, Span<double> y);

    /// <summary>Computes a step; false where it cannot be computed.</summary>
    protected abstract bool Try(double t, double h);

    /// <summary>Prepares steps from a state that does not follow from a step.</summary>
    protected abstract void Begin(double t);

    /// <summary>The slope at the state before the step.</summary>
    protected abstract void StartSlope(double t, Span<double> slope);

    /// <summary>Computes a slope, and counts it.</summary>
    protected void Slope(double t, ReadOnlySpan<double> y, Span<double> slope)
    {
        Slopes++;
        Dynamics.Slope(t, y, slope);
    }

    /// <summary>Whether all numbers are finite.</summary>
    private static bool IsFinite(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * 0;
        }
        return sum == 0;
    }
}
