namespace Pyrite;

/// <summary>How a learning rate changes from step to step.</summary>
/// <remarks>A pure function of the step, so that resuming needs nothing but the step count. The closed forms are those of PyTorch's
/// schedulers.</remarks>
public abstract class Schedule
{
    /// <summary>The rate to use at a step.</summary>
    /// <param name="baseRate">The optimizer's rate.</param>
    /// <param name="step">The step, from 0.</param>
    public abstract double Rate(double baseRate, long step);

    private protected static long AtLeast(long least, long value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"The schedule needs {name} to be {least} or more.");
}
