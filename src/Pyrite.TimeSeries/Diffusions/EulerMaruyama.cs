using Pyrite.Diffusions;

namespace Pyrite;

/// <summary>Paths of a stochastic differential equation dx = f(t, x) dt + g(t, x) dW in steps: x_{i+1} is Gaussian around x_i + f Δ with standard
/// deviation g √Δ.</summary>
/// <remarks>
/// <para>Event shape: [n], or [n, d] for vectors whose components have noise of their own. Batch shape: what is given as <c>batch</c>. The
/// discretization (Maruyama 1955) has an error of order √Δ in paths and Δ in distributions; take times close together. Draws are
/// reparameterized.</para>
/// <para>Functions get times and states with an axis for the steps: [m] and [.., m], or [m, 1] and [.., m, d] for vectors, m being all steps where a
/// path is scored and 1 where one is drawn. So they must be element by element in the steps, and parameters that differ within a batch need that
/// axis, too: with <c>rate</c> of shape [series], <c>(t, x) =&gt; -rate.Unsqueeze(-1) * x</c>.</para>
/// </remarks>
public sealed class EulerMaruyama : Distribution
{
    private readonly Func<Tensor, Tensor, Tensor> drift;
    private readonly Func<Tensor, Tensor, Tensor> diffusion;
    private readonly Tensor stretches;

    /// <summary>Makes the distribution.</summary>
    /// <param name="drift">f(t, x).</param>
    /// <param name="diffusion">g(t, x); positive.</param>
    /// <param name="start">x at the first time: a number or [d], with the axes of the batch in front where they differ. It is no part of the
    /// event.</param>
    /// <param name="times">The times of the start and of the n steps behind it, [n + 1]; increasing.</param>
    /// <param name="validate">Whether values are checked.</param>
    /// <param name="batch">The batch shape of what functions compute with, and of the start; none if not given. A start with as many axes is one
    /// number each, with one axis more a vector.</param>
    /// <exception cref="ArgumentException">Times do not increase or are fewer than two, or the shape of the start does not fit.</exception>
    public EulerMaruyama(Func<Tensor, Tensor, Tensor> drift, Func<Tensor, Tensor, Tensor> diffusion, Tensor start, Tensor times, bool validate = true,
        Shape? batch = null)
        : base(batch ?? Shape.Scalar, EventOf(drift, diffusion, start, times, batch ?? Shape.Scalar), validate)
    {
        (this.drift, this.diffusion) = (drift, diffusion);
        Times = Declare("times", times, Constraints.RealVector);
        Start = Declare("start", start, EventShape.Rank == 1 ? Constraints.Real : Constraints.RealVector);
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

    private bool HasVectors => EventShape.Rank == 2;

    /// <inheritdoc/>
    protected override Tensor Draw(RandomKey key, Shape shape)
    {
        int axis = -EventShape.Rank;
        Tensor noise = key.Normal(shape, DType), state = FirstOf(shape[..^EventShape.Rank], DType);
        List<Tensor> path = [];
        for (int i = 0; i < Steps; i++)
        {
            (Tensor time, Tensor stretch) = (OverComponents(Times.Slice(0, i, 1)), OverComponents(stretches.Slice(0, i, 1)));
            Tensor moved = state + (drift(time, state) * stretch) + (diffusion(time, state) * stretch.Sqrt() * noise.Slice(axis, i, 1));
            state = Fitting(moved, state.Shape);
            path.Add(state);
        }
        return Tensor.Concat([.. path], axis).To(DType);
    }

    /// <inheritdoc/>
    protected override Tensor LogDensity(Tensor value)
    {
        int axis = -EventShape.Rank;
        Shape front = Shape.Broadcast(value.Shape[..^EventShape.Rank], BatchShape);
        value = value.BroadcastTo(front + EventShape);
        Tensor first = FirstOf(front, value.DType);
        Tensor before = Steps == 1 ? first : Tensor.Concat([first, value.Slice(axis, 0, Steps - 1)], axis);
        (Tensor times, Tensor lengths) = (OverComponents(Times.Slice(0, 0, Steps)), OverComponents(stretches));
        Tensor expected = Fitting(before + (drift(times, before) * lengths), value.Shape);
        Tensor spread = Fitting(diffusion(times, before) * lengths.Sqrt(), value.Shape);
        Tensor density = new Normal(expected, spread, validate: Validate).LogProb(value).Sum(-1);
        return HasVectors ? density.Sum(-1) : density;
    }

    /// <summary>The start with an axis for the steps, front + [1] or front + [1, d].</summary>
    private Tensor FirstOf(Shape front, DType type) =>
        (HasVectors ? Start.Unsqueeze(-2) : Start.Rank == 0 ? Start : Start.Unsqueeze(-1)).To(type).BroadcastTo(front + [1, .. EventShape[1..]]);

    private Tensor OverComponents(Tensor times) => HasVectors ? times.Unsqueeze(-1) : times;

    /// <summary>What functions have given, if it has the shape of the states; a number that is the same for all broadcasts.</summary>
    private Tensor Fitting(Tensor found, Shape expected) => Shape.TryBroadcast(found.Shape, expected) == expected ? found
        : throw new ArgumentException(
            $"EulerMaruyama: drift and diffusion were asked for states of shape {expected} and gave shape {found.Shape}. Parameters that differ from "
                + $"path to path need an axis for the steps, parameter.Unsqueeze(-1), and their shape as batch: (it is {BatchShape}).");

    private static Shape EventOf(Func<Tensor, Tensor, Tensor> drift, Func<Tensor, Tensor, Tensor> diffusion, Tensor start, Tensor times, Shape batch)
    {
        ArgumentNullException.ThrowIfNull(drift);
        ArgumentNullException.ThrowIfNull(diffusion);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(times);
        int own = start.Rank == 0 ? 0 : start.Rank - batch.Rank;
        if (own is < 0 or > 1 || times.Rank != 1 || times.Shape[0] < 2 || Shape.TryBroadcast(start.Shape[..^own], batch) != batch)
        {
            throw new ArgumentException(
                $"EulerMaruyama: found a start of shape {start.Shape}, times of shape {times.Shape} and a batch {batch}; a start is a number or a "
                    + "vector [d], with the axes of the batch in front where there are some, and times are [n + 1], the start's first, with at least "
                    + "one step.", nameof(start));
        }
        return Shape.Create(times.Shape[0] - 1) + start.Shape[^own..];
    }
}
