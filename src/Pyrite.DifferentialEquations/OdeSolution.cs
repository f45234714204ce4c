using Pyrite.Runs;

namespace Pyrite;

/// <summary>The solution of a differential equation at the times that were asked for.</summary>
public sealed class OdeSolution
{
    private readonly Tensor report;

    internal OdeSolution(Tensor values, Tensor end, Tensor report) => (Values, End, this.report) = (values, end, report);

    /// <summary>The states, [times, ..the shape of y0], of y0's type; gradients flow through them.</summary>
    public Tensor Values { get; }

    /// <summary>The time at which the solve ended, a scalar of y0's type: that of the event that ended it (<see cref="OdeEvent.End"/>), through which
    /// gradients flow, else the last one, without gradient.</summary>
    public Tensor End { get; }

    /// <summary>How the solve ended; a failure only where <see cref="Ode.Solve"/> was told to report
    /// failures.</summary>
    /// <remarks>Reads a number of the solve, so a density in which a decision depends on it is run anew at every point.</remarks>
    public OdeStatus Status => (OdeStatus)(int)report.ToArray<double>()[RunReport.Status];

    /// <summary>The time that was reached.</summary>
    public double Time => report.ToArray<double>()[RunReport.Time];

    /// <summary>How many steps were accepted.</summary>
    public int Steps => (int)Statistics.Steps;

    /// <summary>What the solve has cost.</summary>
    public OdeStatistics Statistics
    {
        get
        {
            double[] numbers = report.ToArray<double>();
            return new OdeStatistics((long)numbers[RunReport.Steps], (long)numbers[RunReport.Rejected], (long)numbers[RunReport.Slopes],
                (long)numbers[RunReport.Jacobians], (long)numbers[RunReport.Events]);
        }
    }
}
