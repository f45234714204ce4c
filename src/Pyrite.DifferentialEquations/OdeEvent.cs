namespace Pyrite;

/// <summary>Something that changes the state of a differential equation at once: a dose, a bounce, a catch.</summary>
/// <remarks>An output at the time of an event shows the state before it. Gradients go through what the functions capture, and through the times:
/// those
/// that are given, and those of roots.</remarks>
public sealed class OdeEvent
{
    private OdeEvent(Tensor? times, Func<Tensor, Tensor, Tensor>? root, Func<Tensor, Tensor, Tensor> apply, OdeCrossing crossing,
        bool isEnd = false)
    {
        (Times, Root, Apply, Crossing, IsEnd) = (times, root, apply, crossing, isEnd);
    }

    internal Tensor? Times { get; }

    internal Func<Tensor, Tensor, Tensor>? Root { get; }

    internal Func<Tensor, Tensor, Tensor> Apply { get; }

    internal OdeCrossing Crossing { get; }

    internal bool IsEnd { get; }

    /// <summary>An event at times that are given; those before t0 or not before the last output do not happen, one at t0 does.</summary>
    /// <param name="times">One time, or a vector of times in any order.</param>
    /// <param name="apply">From the state before to the state behind it, of the same shape.</param>
    /// <exception cref="ArgumentException">The times are no scalar and no vector.</exception>
    public static OdeEvent At(Tensor times, Func<Tensor, Tensor> apply)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return At(times, (_, y) => apply(y));
    }

    /// <summary>An event at times that are given, which depends on the time.</summary>
    /// <param name="times">One time, or a vector of times in any order.</param>
    /// <param name="apply">From the time and the state before to the state behind it, of the same shape.</param>
    /// <exception cref="ArgumentException">The times are no scalar and no vector.</exception>
    public static OdeEvent At(Tensor times, Func<Tensor, Tensor, Tensor> apply)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(apply);
        return times.Shape.Rank <= 1
            ? new OdeEvent(times, null, apply, OdeCrossing.Either)
            : throw new ArgumentException($"OdeEvent.At: times have shape {times.Shape}; give one time or a vector of them.", nameof(times));
    }

    /// <summary>Something added to the state at times that are given, such as doses.</summary>
    /// <param name="times">One time, or a vector of times in any order.</param>
    /// <param name="amount">What is added each time; broadcasts to the state's shape.</param>
    public static OdeEvent Add(Tensor times, Tensor amount)
    {
        ArgumentNullException.ThrowIfNull(amount);
        return At(times, (_, y) => y + amount);
    }

    /// <summary>An event whenever a function of time and state crosses zero.</summary>
    /// <param name="root">From time and state to a scalar.</param>
    /// <param name="apply">From the state before to the state behind it, of the same shape.</param>
    /// <param name="crossing">Which crossings count.</param>
    /// <remarks>A step is searched in quarters, so two crossings closer together than that are not seen; a smaller tolerance makes steps
    /// shorter.</remarks>
    public static OdeEvent When(Func<Tensor, Tensor, Tensor> root, Func<Tensor, Tensor> apply, OdeCrossing crossing = OdeCrossing.Either)
    {
        ArgumentNullException.ThrowIfNull(apply);
        return When(root, (_, y) => apply(y), crossing);
    }

    /// <summary>An event whenever a function of time and state crosses zero, which depends on the time.</summary>
    /// <param name="root">From time and state to a scalar.</param>
    /// <param name="apply">From the time and the state before to the state behind it, of the same shape.</param>
    /// <param name="crossing">Which crossings count.</param>
    public static OdeEvent When(Func<Tensor, Tensor, Tensor> root, Func<Tensor, Tensor, Tensor> apply, OdeCrossing crossing = OdeCrossing.Either)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(apply);
        return new OdeEvent(null, root, apply, crossing);
    }

    /// <summary>The solve ends where a function of time and state crosses zero: a fall ends on the ground, a reaction when the flask is
    /// full.</summary>
    /// <param name="root">From time and state to a scalar.</param>
    /// <param name="crossing">Which crossings count.</param>
    /// <remarks>Outputs at later times show the state at the end, which stays as it is; <see cref="OdeSolution.End"/> is the time of the end, with
    /// its gradient, and <see cref="OdeSolution.Status"/> says <see cref="OdeStatus.EndedByEvent"/>. If nothing is to be seen but the end, give one
    /// late time. Where the function only touches zero, the end has no gradient: it is infinite or not a number. Gradients by
    /// <see cref="OdeGradient.Discrete"/> or <see cref="OdeGradient.Adjoint"/>.</remarks>
    public static OdeEvent End(Func<Tensor, Tensor, Tensor> root, OdeCrossing crossing = OdeCrossing.Either)
    {
        ArgumentNullException.ThrowIfNull(root);
        return new OdeEvent(null, root, (_, y) => y, crossing, isEnd: true);
    }
}
