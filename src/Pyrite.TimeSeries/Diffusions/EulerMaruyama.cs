using Pyrite.Diffusions;

namespace Pyrite;

/// <summary>Paths of a stochastic differential equation dx = f(t, x) dt + g(t, x) dW in steps: x_{i+1} is Gaussian around x_i + f Δ with standard
/// deviation
/// g √Δ.</summary>
/// <remarks>Event shape: [n], or [n, d] for vectors whose components have noise of their own. No batch. The discretization (Maruyama 1955) has an
/// error of
/// order √Δ in paths and Δ in distributions; take times close together. Draws are reparameterized. Functions get times and states of all steps at
/// once when a
/// path is scored, [.., n] each, or [n, 1] and [.., n, d], and one step at a time when one is drawn, so they must be element by element in the
/// steps.</remarks>
public sealed class EulerMaruyama : Distribution
{
    private readonly Func<Tensor, Tensor, Tensor> drift;
    private readonly Func<Tensor, Tensor, Tensor> diffusion;
    private readonly Tensor stretches;

    /// <summary>Makes the distribution.</summary>
    /// <param name="drift">f(t, x).</param>
    /// <param name="diffusion">g(t, x); positive.</param>
    /// <param name="start">x at the first time: a number, or [d]. It is no part of the event.</param>
    /// <param name="times">The times of the start and of the n steps behind it, [n + 1]; increasing.</param>
    /// <param name="validate">Whether values are checked.</param>
    /// <exception cref="ArgumentException">Times do not increase or are fewer than two, or the start is neither a number nor a vector.</exception>
    public EulerMaruyama(Func<Tensor, Tensor, Tensor> drift, Func<Tensor, Tensor, Tensor> diffusion, Tensor start, Tensor times, bool validate = true)
        : base(Shape.Scalar, EventOf(drift, diffusion, start, times), validate)
    {
        (this.drift, this.diffusion) = (drift, diffusion);
        Times = Declare("times", times, Constraints.RealVector);
        Start = Declare("start", start, start.Rank == 0 ? Constraints.Real : Constraints.RealVector);
        stretches = TimePoints.Stretches(times, nameof(EulerMaruyama));
    }

    /// <summary>x at the first time.</summary>
    public Tensor Start { get; }

    /// <summary>The times of the start and of the steps, [n + 1].</summary>
    public Tensor Times { get; }

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(Constraints.Real, EventShape.Rank);

    /// <inheritdoc/>
    public override bool HasReparameterizedSample => true;

    private int Steps => EventShape[0];

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        Tensor noise = key.Normal(shape, DType);
        Shape front = shape[..^EventShape.Rank] + Start.Shape;
        Tensor state = Start.BroadcastTo(front);
        List<Tensor> path = [];
        int axis = -EventShape.Rank;
        for (int i = 0; i < Steps; i++)
        {
            Tensor time = Times[i], stretch = stretches[i];
            state = state + (drift(time, state) * stretch) + (diffusion(time, state) * stretch.Sqrt() * noise.Select(axis, i));
            path.Add(state);
        }
        return Tensor.Stack([.. path], axis).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        int rank = EventShape.Rank, axis = -rank;
        Shape front = value.Shape[..^rank];
        Tensor first = (rank == 1 ? Start : Start.Unsqueeze(0)).To(value.DType).BroadcastTo(front + [1, .. EventShape[1..]]);
        Tensor before = Steps == 1 ? first : Tensor.Concat([first, value.Slice(axis, 0, Steps - 1)], axis);
        Tensor times = Times.Slice(0, 0, Steps), length = stretches;
        (times, length) = rank == 1 ? (times, length) : (times.Unsqueeze(-1), length.Unsqueeze(-1));
        Tensor spread = diffusion(times, before) * length.Sqrt();
        Tensor density = new Normal(before + (drift(times, before) * length), spread, validate: Validate).LogProb(value).Sum(-1);
        return rank == 1 ? density : density.Sum(-1);
    }

    private static Shape EventOf(Func<Tensor, Tensor, Tensor> drift, Func<Tensor, Tensor, Tensor> diffusion, Tensor start, Tensor times)
    {
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(diffusion);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(times);
        if (start.Rank > 1 || times.Rank != 1 || times.Shape[0] < 2)
        {
            throw new ArgumentException(
                $"EulerMaruyama: found a start of shape {start.Shape} and times of shape {times.Shape}; a start is a number or a vector [d], "
                    + $"and times are "
                    + "[n + 1], the start's first, with at least one step.", nameof(start));
        }
        return Shape.Create(times.Shape[0] - 1) + start.Shape;
    }
}
