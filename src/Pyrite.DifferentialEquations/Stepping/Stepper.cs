namespace Pyrite.Stepping;

/// <summary>Steps whose lengths follow the estimated error: a step is accepted where the root of the mean square of error over tolerance is at most
/// one, and lengths are chosen by a PI controller.</summary>
/// <remarks>K. Gustafsson, "Control theoretic techniques for stepsize selection in explicit Runge-Kutta methods", ACM Transactions on Mathematical
/// Software 17 (1991); the first length as in E. Hairer, S. Nørsett, G. Wanner, "Solving Ordinary Differential Equations I", section II.4.</remarks>
internal sealed class Stepper(Scheme scheme, StepSettings settings)
{
    private const double Safety = 0.9, Least = 0.2, Most = 8;

    private readonly double[] slope = new double[scheme.Dynamics.Size];
    private readonly double[] trial = new double[scheme.Dynamics.Size];
    private readonly double[] place = new double[scheme.Dynamics.Size];
    private double next;
    private double lastError;
    private bool isAfterRejection;

    /// <summary>The absolute tolerance of each component.</summary>
    public double[] Absolute { get; } = new double[scheme.Dynamics.Size];

    /// <summary>The method.</summary>
    public Scheme Scheme => scheme;

    /// <summary>The time of the state before the next step.</summary>
    public double Time { get; private set; }

    /// <summary>Where the last step ends, exactly.</summary>
    public double End { get; private set; }

    /// <summary>Steps that were accepted.</summary>
    public int Accepted { get; private set; }

    /// <summary>Steps that were thrown away.</summary>
    public int Rejected { get; private set; }

    /// <summary>Forgets all counts, for another run.</summary>
    public void Reset()
    {
        (Accepted, Rejected) = (0, 0);
        scheme.ResetCounts();
        next = 0;
    }

    /// <summary>Begins at a state, which stands before the step of the scheme.</summary>
    /// <param name="t">Its time.</param>
    /// <param name="stop">Where the times end; tells the direction.</param>
    /// <param name="first">The length of the first step that is tried; 0 for a choice.</param>
    /// <returns>Whether the slope there is finite.</returns>
    public bool Start(double t, double stop, double first = 0)
    {
        Time = t;
        lastError = 1e-4;
        isAfterRejection = false;
        scheme.Start(t, slope);
        foreach (double value in slope)
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }
        next = first > 0 ? first : settings.FirstStep > 0 ? settings.FirstStep : FirstLength(t, stop);
        return true;
    }

    /// <summary>Tries steps until one is accepted; nothing has moved on yet.</summary>
    /// <param name="stop">Where the step may end at the latest.</param>
    /// <returns>Whether there is such a step.</returns>
    public OdeStatus Try(double stop)
    {
        for (int i = 0; i < scheme.Units.Length; i++)
        {
            scheme.Units[i] = ScaleOf(i);
        }
        while (true)
        {
            if (Accepted + Rejected >= settings.MaxSteps)
            {
                return OdeStatus.TooManySteps;
            }
            double left = stop - Time, least = 16 * Math.BitIncrement(Math.Abs(Time)) - (16 * Math.Abs(Time));

            // A rest that would be too short is taken along, and one that would be short is shared.
            bool isLast = next >= Math.Abs(left) * (1 - 1e-12);
            if (!isLast && next < least)
            {
                return OdeStatus.StepTooSmall;
            }
            double length = isLast ? left : Math.CopySign(next > Math.Abs(left) / 2 ? Math.Abs(left) / 2 : next, left);
            End = isLast ? stop : Time + length;
            if (!scheme.Attempt(Time, length))
            {
                Rejected++;
                isAfterRejection = true;
                next = Math.Abs(length) / 4;
                if (next < least)
                {
                    return OdeStatus.StepTooSmall;
                }
                continue;
            }
            double error = ErrorNorm();
            double power = 1.0 / scheme.ErrorOrder;
            if (error <= 1)
            {
                double growth = error == 0 ? Most : Safety * Math.Pow(error, -0.7 * power) * Math.Pow(lastError, 0.4 * power);
                growth = Math.Clamp(growth, Least, isAfterRejection ? 1 : Most);

                // A step that a time has cut short says little about longer ones.
                next = Math.Max(Math.Abs(length) * growth, Math.Abs(length) < next ? Math.Min(next, Math.Abs(length) * Most) : 0);
                lastError = Math.Max(error, 1e-4);
                isAfterRejection = false;
                return OdeStatus.Solved;
            }
            Rejected++;
            isAfterRejection = true;
            next = Math.Abs(length) * Math.Clamp(Safety * Math.Pow(error, -power), Least, 1);
        }
    }

    /// <summary>Computes the accepted step once more, shorter.</summary>
    /// <param name="length">Its length.</param>
    public bool Shorten(double length)
    {
        End = Time + length;
        return scheme.Attempt(Time, length);
    }

    /// <summary>Goes on to the end of the step.</summary>
    public void Accept()
    {
        Accepted++;
        Time = End;
        scheme.Accept();
    }

    private double ErrorNorm()
    {
        double sum = 0;
        double[] error = scheme.Error, before = scheme.Before, after = scheme.After;
        for (int i = 0; i < error.Length; i++)
        {
            double share = error[i] / (Absolute[i] + (settings.Relative * Math.Max(Math.Abs(before[i]), Math.Abs(after[i]))));
            sum += double.IsNaN(share) ? 0 : share * share;
        }
        return Math.Sqrt(sum / error.Length);
    }

    private double FirstLength(double t, double stop)
    {
        double[] y = scheme.Before;
        double size = 0, speed = 0, bend = 0, span = Math.Abs(stop - t);
        for (int i = 0; i < y.Length; i++)
        {
            double scale = ScaleOf(i);
            size += Square(y[i] / scale);
            speed += Square(slope[i] / scale);
        }
        (size, speed) = (Math.Sqrt(size / y.Length), Math.Sqrt(speed / y.Length));
        double length = Math.Min(size < 1e-5 || speed < 1e-5 ? 1e-6 : 0.01 * size / speed, span);
        for (int i = 0; i < y.Length; i++)
        {
            place[i] = y[i] + (Math.CopySign(length, stop - t) * slope[i]);
        }
        scheme.Dynamics.Slope(t + Math.CopySign(length, stop - t), place, trial);
        for (int i = 0; i < y.Length; i++)
        {
            bend += Square((trial[i] - slope[i]) / ScaleOf(i));
        }
        bend = Math.Sqrt(bend / y.Length) / length;
        double most = Math.Max(speed, bend);
        double second = !double.IsFinite(most) ? length / 10
            : most <= 1e-15 ? Math.Max(1e-6, length * 1e-3) : Math.Pow(0.01 / most, 1.0 / scheme.ErrorOrder);
        return Math.Min(Math.Min(100 * length, second), span);
    }

    private double ScaleOf(int i) => Math.Max(Absolute[i] + (settings.Relative * Math.Abs(scheme.Before[i])), double.Epsilon);

    private static double Square(double x) => x * x;
}
