namespace Pyrite.Displays;

/// <summary>How far a run is, in words and bars.</summary>
internal abstract class RunStatus(TimeProvider time)
{
    private const double MostSeconds = 359_999;

    private readonly long start = time.GetTimestamp();

    /// <summary>The share that is done, from 0 to 1.</summary>
    public abstract double Fraction { get; }

    /// <summary>The bars of a live display.</summary>
    public abstract IReadOnlyList<BarLine> Bars();

    /// <summary>The run in one line, without a bar.</summary>
    public abstract string Line();

    /// <summary>What remains to be read when the run is over.</summary>
    public abstract string Summary();

    /// <summary>Seconds since the first report; the clock of a run begins there.</summary>
    protected double Seconds => time.GetElapsedTime(start).TotalSeconds;

    /// <summary>The time that is left at the pace so far; nothing where there is no pace yet.</summary>
    protected string Left(double since = 0)
    {
        double done = Fraction - since;
        return done > 0 && Seconds > 0 ? $"  {Time(Seconds * (1 - Fraction) / done)} left" : "";
    }

    /// <summary>Things per second.</summary>
    protected static string Pace(double count, double seconds, string things) =>
        count > 0 && seconds > 0 ? $"  {(count / seconds >= 100 ? $"{count / seconds:N0}" : $"{count / seconds:G3}")} {things}/s" : "";

    /// <summary>How many of a thing.</summary>
    protected static string Count(long count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";

    /// <summary>A time in seconds, minutes or hours.</summary>
    protected static string Time(double seconds)
    {
        TimeSpan span = TimeSpan.FromSeconds(Math.Min(double.IsFinite(seconds) ? seconds : 0, MostSeconds));
        return span.TotalHours >= 1
            ? $"{(int)span.TotalHours}:{span.Minutes:00}:{span.Seconds:00}"
            : $"{span.Minutes}:{span.Seconds:00}";
    }

    /// <summary>A time that has passed: tenths of a second below a minute.</summary>
    protected static string Took(double seconds) => seconds < 60 ? $"{seconds:F1} s" : Time(seconds);
}
