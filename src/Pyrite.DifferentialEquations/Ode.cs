using Pyrite.Operations;

namespace Pyrite;

/// <summary>Ordinary differential equations in models.</summary>
public static class Ode
{
    /// <summary>Solves y' = f(t, y) from a state at a time.</summary>
    /// <param name="f">From the time, a scalar, and the state to its slope, of the state's shape. It is recorded once and replayed as compiled code:
    /// choose with <see cref="Tensor.Where(Tensor, Tensor, Tensor)"/>, not with <c>if</c>.</param>
    /// <param name="y0">The state at <paramref name="t0"/>, of any shape; finite. A batch of initial states is a state with one more axis: one choice
    /// of steps serves all.</param>
    /// <param name="t0">The time of y0, a scalar.</param>
    /// <param name="times">The times of the outputs, a vector with at least one entry, all of them one way from t0, up or down; t0 itself may be
    /// among
    /// them, and equal times as well.</param>
    /// <param name="solver">The method and its tolerances; null for <see cref="Tsit5"/> with 1e-6.</param>
    /// <param name="events">What happens to the state at times or at roots; those of one time happen in this order.</param>
    /// <param name="gradient">How gradients are made; if not given, <see cref="OdeGradient.Discrete"/>, and with <see cref="Rodas5"/>
    /// <see cref="OdeGradient.Forward"/> where state and sensitivities have at most 100 numbers.</param>
    /// <param name="reportFailure">Whether a solve that fails gives not-a-number from there on and says so in <see cref="OdeSolution.Status"/>,
    /// instead
    /// of being refused.</param>
    /// <returns>The states at the times.</returns>
    /// <remarks>
    /// Gradients flow to y0, to t0, to the times, and to every tensor that f and the events capture. All is computed in Float64. In recorded steps of
    /// variational inference and in densities the solve is one operation, whatever the number of its steps; in a density one that fails is a point
    /// that
    /// is rejected, with its reason in <see cref="McmcResult"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">Shapes do not fit, times are out of order, a number is not finite, or f cannot be recorded.</exception>
    /// <exception cref="OdeException">The solve failed, and is not to report it.</exception>
    public static OdeSolution Solve(Func<Tensor, Tensor, Tensor> f, Tensor y0, Tensor t0, Tensor times, OdeSolver? solver = null,
        IReadOnlyList<OdeEvent>? events = null, OdeGradient? gradient = null, bool reportFailure = false)
    {
        ArgumentNullException.ThrowIfNull(f);
        ArgumentNullException.ThrowIfNull(y0);
        ArgumentNullException.ThrowIfNull(t0);
        ArgumentNullException.ThrowIfNull(times);
        Require(t0.Shape.Count == 1, $"t0 has shape {t0.Shape}; it must be one number.");
        Require(times.Shape.Rank <= 1 && times.Shape.Count >= 1, $"times have shape {times.Shape}; give a vector of at least one time.");
        Require(y0.Shape.Count >= 1, $"y0 has shape {y0.Shape}; a state has at least one number.");
        Require(gradient is null || Enum.IsDefined(gradient.Value), $"{gradient} is no kind of gradient.");
        DType type = y0.IsWeak || !y0.DType.IsFloatingPoint ? Precision.Default : y0.DType;
        solver ??= new Tsit5();
        OdeCall call = new(f, y0.To(DType.Float64), t0.To(DType.Float64).Reshape(1), times.To(DType.Float64).Reshape(-1), solver.Settings(),
            solver.AbsoluteFor(y0.Shape), events ?? [], gradient);
        return call.Issue(reportFailure, type);
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ArgumentException($"Ode.Solve: {otherwise}");
        }
    }
}
