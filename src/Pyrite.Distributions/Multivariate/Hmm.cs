using Pyrite.Functions.Preimages;
using Pyrite.Supports;

namespace Pyrite;

/// <summary>A hidden Markov model: a chain of states that nobody sees, and at each step an observation that depends on its state.</summary>
/// <remarks>
/// Batch shape: the broadcast of the axes in front of the parameters' own. Event shape: [T] and the event shape of an observation. The log-density
/// sums over all paths of states by the forward algorithm (Rabiner, "A tutorial on hidden Markov models", 1989, section III.A), in time T K²; its
/// gradient is one pass back. What is impossible has logits of -∞, and no gradient. Draws are not differentiable.
/// </remarks>
public sealed class Hmm : Distribution
{
    private readonly Tensor spreadTransitions;

    /// <summary>Makes the distribution.</summary>
    /// <param name="initialLogits">Log-weights of the first state, [.., K]; they need not be normalized.</param>
    /// <param name="transitionLogits">Log-weights of the next state, row by row of the present one: [K, K] for all steps, or [.., 1, K, K], or
    /// [.., n, K, K] with a matrix for each of the n transitions. They need not be normalized.</param>
    /// <param name="emissions">The distributions of an observation, one for each state: batch shape [K] for all steps, or one that broadcasts with
    /// [.., T, K].</param>
    /// <param name="steps">T, the number of observations; 1 or more.</param>
    /// <param name="start">Where the chain begins.</param>
    /// <param name="present">Which observations count, Bool [.., T]: false where one is missing, and behind the end of a shorter sequence; all if not
    /// given.</param>
    /// <param name="validate">Whether parameters and values are checked.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or a log-weight is +∞ or no number.</exception>
    public Hmm(Tensor initialLogits, Tensor transitionLogits, Distribution emissions, int steps,
        HmmStart start = HmmStart.AtFirstObservation, Tensor? present = null, bool validate = true)
        : base(BatchOf(initialLogits, transitionLogits, emissions, steps, start, present), [steps, .. emissions.EventShape], validate)
    {
        (Emissions, Start, Present) = (emissions, start, present);
        InitialLogits = Declare("initialLogits", initialLogits, Constraints.Independent(Constraints.LessThan(double.PositiveInfinity), 1));

        // The axis of steps belongs to a sequence, as the matrices do.
        int own = Math.Min(transitionLogits.Rank, 3);
        TransitionLogits = Declare("transitionLogits", transitionLogits, Constraints.Independent(Constraints.LessThan(double.PositiveInfinity), own));
        spreadTransitions = (transitionLogits.Rank == 2 ? transitionLogits.Unsqueeze(0) : transitionLogits).LogSoftmaxOverLast();
    }

    /// <summary>Log-weights of the first state, [.., K].</summary>
    public Tensor InitialLogits { get; }

    /// <summary>Log-weights of the next state, [.., K, K].</summary>
    public Tensor TransitionLogits { get; }

    /// <summary>The distributions of an observation, one for each state.</summary>
    public Distribution Emissions { get; }

    /// <summary>Where the chain begins.</summary>
    public HmmStart Start { get; }

    /// <summary>Which observations count; all if null.</summary>
    public Tensor? Present { get; }

    /// <summary>K, the number of states.</summary>
    public int StateCount => InitialLogits.Shape[^1];

    /// <inheritdoc/>
    public override Constraint Support => Constraints.Independent(new AnyComponentConstraint(Emissions.Support), 1);

    /// <inheritdoc/>
    protected override IReadOnlyList<Distribution> Parts => [Emissions];

    internal override int ExtraAxesOf(Distribution part) => Math.Min(2, part.BatchShape.Rank);

    /// <inheritdoc/>
    public override DType DType => GivenType ?? Emissions.DType;

    internal override DType? GivenType => Widest(Widest(TypeOf(InitialLogits), TypeOf(TransitionLogits)), Emissions.GivenType);

    /// <inheritdoc/>
    public override IReadOnlyList<DistributionParameter> Parameters => [.. OwnParameters, .. Emissions.Parameters];

    internal override Tensor InScoredType(Tensor value) => InOwnType(value);

    private int Steps => EventShape[0];

    private int Rank => Emissions.EventShape.Rank;

    /// <summary>The probabilities of the states of each observation's step, given the observations up to it: [.., T, K].</summary>
    /// <param name="value">The observations.</param>
    public Tensor Filter(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor scores = ScoresOf(Filled(InScoredType(value)));
        List<Tensor> all = [];
        Tensor sum = scores.Select(-2, 0);
        for (int t = 0; t < scores.Shape[^2]; t++)
        {
            sum = t == 0 ? sum : (sum.Unsqueeze(-1) + MatrixOf(t - 1)).LogSumExp(-2).Reshape(sum.Shape) + scores.Select(-2, t);
            all.Add(sum.Softmax());
        }
        return Tensor.Stack([.. all[^Steps..]], -2);
    }

    /// <summary>The probabilities of the states of each observation's step, given all observations: [.., T, K].</summary>
    /// <param name="value">The observations.</param>
    public Tensor Smooth(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        Tensor scores = ScoresOf(Filled(InScoredType(value))).Detach().AsVariable();
        Tensor[] shares = Gradient.Of(Chains.LogSumOverPaths(spreadTransitions.Detach(), scores).Sum(), [scores]);
        return Start == HmmStart.AtFirstObservation ? shares[0] : shares[0].Slice(-2, 1, Steps);
    }

    /// <summary>How often each transition is expected to have happened, given all observations: the sum of P(z_t = i, z_{t+1} = j) over the steps,
    /// [.., K, K].</summary>
    /// <param name="value">The observations.</param>
    /// <remarks>Where the chain begins before the first observation, its first transition counts too.</remarks>
    public Tensor ExpectedTransitions(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using NoGradient.Scope tracked = NoGradient.Suspend();
        Tensor scores = ScoresOf(Filled(InScoredType(value))).Detach();
        Shape batch = scores.Shape[..^2], own = [scores.Shape[^2] - 1, StateCount, StateCount];
        if (own[0] == 0)
        {
            return Tensor.Zeros(batch + own[1..], DType);
        }
        Tensor matrices = spreadTransitions.Detach().BroadcastTo(batch + own).AsVariable();
        return Gradient.Of(Chains.LogSumOverPaths(matrices, scores).Sum(), [matrices])[0].Sum(-3);
    }

    /// <summary>The most probable path: the states of the observations' steps, together, and their log-density with the observations.</summary>
    /// <param name="value">The observations.</param>
    /// <returns>Int64 [.., T], and [..]. Where the chain begins before the first observation, the density is that of the best path with its first
    /// state.</returns>
    /// <remarks>Viterbi's algorithm (Rabiner 1989, section III.B); the most probable state of each step by itself need not be on it.</remarks>
    public (Tensor States, Tensor LogProb) Viterbi(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor scores = ScoresOf(Filled(InScoredType(value)));
        int length = scores.Shape[^2];
        Tensor best = scores.Select(-2, 0);
        List<Tensor> cameFrom = [];
        for (int t = 1; t < length; t++)
        {
            Tensor through = best.Unsqueeze(-1) + MatrixOf(t - 1);
            cameFrom.Add(through.ArgMax(-2));
            best = through.Max([-2]) + scores.Select(-2, t);
        }
        Tensor state = best.ArgMax(-1);
        List<Tensor> path = [state];
        for (int t = length - 1; t > 0; t--)
        {
            Tensor chosen = state.Unsqueeze(-1).EqualTo(Tensor.Range(StateCount));
            state = Tensor.Where(chosen, cameFrom[t - 1], 0L).Sum(-1).To(DType.Int64);
            path.Add(state);
        }
        path.Reverse();
        return (Tensor.Stack([.. path[(length - Steps)..]], -1), best.Max([-1]));
    }

    /// <summary>The probabilities of the states of the steps after the last one, given all observations: [.., horizon, K].</summary>
    /// <param name="value">The observations.</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="future">Log-weights of the transitions ahead, [.., horizon, K, K], where transitions differ by step.</param>
    /// <exception cref="ArgumentException">Transitions differ by step, and those ahead are not given.</exception>
    public Tensor Forecast(Tensor value, int horizon, Tensor? future = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        Tensor now = Filter(value).Select(-2, Steps - 1);
        using NoGradient.Scope untracked = NoGradient.Begin();
        Tensor matrices = TransitionsAhead(horizon, future).LogSoftmaxOverLast().Exp();
        List<Tensor> all = [];
        for (int t = 0; t < horizon; t++)
        {
            now = (now.Unsqueeze(-1) * matrices.Select(-3, matrices.Shape[^3] == 1 ? 0 : t)).Sum(-2);
            all.Add(now);
        }
        return Tensor.Stack([.. all], -2);
    }

    /// <summary>The distribution of the observations after the last one, given all: it can be sampled and scored as any other.</summary>
    /// <param name="value">The observations.</param>
    /// <param name="horizon">How many steps ahead; 1 or more.</param>
    /// <param name="future">Log-weights of the transitions ahead, [.., horizon, K, K], where transitions differ by step.</param>
    /// <param name="emissions">The distributions of an observation ahead, where they differ by step.</param>
    /// <exception cref="ArgumentException">Transitions or emissions differ by step, and those ahead are not given.</exception>
    public Hmm Ahead(Tensor value, int horizon, Tensor? future = null, Distribution? emissions = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(horizon, 1);
        if (emissions is null && Emissions.BatchShape.Rank > 1 && Emissions.BatchShape[^2] > 1)
        {
            throw new ArgumentException("Hmm: what follows was asked for, and emissions differ by step; give those of the steps ahead.",
                nameof(emissions));
        }
        return new Hmm(Filter(value).Select(-2, Steps - 1).Log(), TransitionsAhead(horizon, future), emissions ?? Emissions, horizon,
            HmmStart.BeforeFirstObservation, validate: Validate);
    }

    /// <inheritdoc/>
    protected internal override Tensor Draw(RandomKey key, Shape shape)
    {
        Shape batch = shape[..^EventShape.Rank];
        RandomKey ofStates = key.Child("states");
        Tensor state = ofStates.Child(0).Category(InitialLogits.Softmax().BroadcastTo(batch + [StateCount]), batch);
        List<Tensor> path = [];
        int before = Start == HmmStart.AtFirstObservation ? 0 : 1;
        for (int t = 0; t < Steps; t++)
        {
            if (t + before > 0)
            {
                Tensor isThere = state.Unsqueeze(-1).EqualTo(Tensor.Range(StateCount)).Unsqueeze(-1);
                Tensor chances = Tensor.Where(isThere, MatrixOf(t + before - 1).Exp(), 0).Sum(-2);
                state = ofStates.Child(t + before).Category(chances, batch);
            }
            path.Add(state);
        }
        Tensor chosen = Tensor.Stack([.. path], -1).Unsqueeze(-1).EqualTo(Tensor.Range(StateCount));
        for (int i = 0; i < Rank; i++)
        {
            chosen = chosen.Unsqueeze(-1);
        }
        Tensor draws = Emissions.Draw(key.Child("observations"), batch + [Steps, StateCount] + Emissions.EventShape);
        return Tensor.Where(chosen, draws, 0).Sum(-1 - Rank).To(draws.DType);
    }

    internal override Distribution? Widened => new Hmm(InitialLogits.Widened, TransitionLogits.Widened, Emissions.Widened ?? Emissions, Steps,
        Start, Present, validate: false);

    /// <summary>Missing observations may be anything.</summary>
    protected internal override Tensor Evaluate(Tensor value) => base.Evaluate(Filled(value));

    /// <inheritdoc/>
    protected internal override Tensor LogDensity(Tensor value) => Chains.LogSumOverPaths(spreadTransitions, ScoresOf(value));

    /// <summary>What each state and its observation add to the log-density, [.., steps, K].</summary>
    private Tensor ScoresOf(Tensor value)
    {
        Tensor scores = Emissions.ScoreAnywhere(value.Unsqueeze(-1 - Rank));
        scores = Present is { } present ? Tensor.Where(present.Unsqueeze(-1), scores, 0) : scores;
        Tensor initial = InitialLogits.LogSoftmaxOverLast().Unsqueeze(-2);
        Shape batch = Shape.Broadcast(Shape.Broadcast(scores.Shape[..^2], initial.Shape[..^2]), BatchShape);
        scores = scores.BroadcastTo(batch + [Steps, StateCount]);
        initial = initial.BroadcastTo(batch + [1, StateCount]);
        if (Start == HmmStart.BeforeFirstObservation)
        {
            return Tensor.Concat([initial, scores], -2);
        }
        Tensor first = initial + scores.Slice(-2, 0, 1);
        return Steps == 1 ? first : Tensor.Concat([first, scores.Slice(-2, 1, Steps - 1)], -2);
    }

    private Tensor Filled(Tensor value)
    {
        if (Present is not { } spread)
        {
            return value;
        }
        for (int i = 0; i < Rank; i++)
        {
            spread = spread.Unsqueeze(-1);
        }
        return Tensor.Where(spread, value, Support.InteriorPoint(value));
    }

    private Tensor TransitionsAhead(int horizon, Tensor? future)
    {
        if (future is null && spreadTransitions.Shape[^3] > 1)
        {
            throw new ArgumentException("Hmm: what follows was asked for, and transitions differ by step; give those of the steps ahead as future.",
                nameof(future));
        }
        if (future is not null && (future.Rank < 3 || future.Shape[^1] != StateCount || future.Shape[^2] != StateCount
            || future.Shape[^3] != horizon))
        {
            throw new ArgumentException(
                $"Hmm: the transitions ahead have shape {future.Shape}; they must end in [{horizon}, {StateCount}, {StateCount}].", nameof(future));
        }
        return future ?? (TransitionLogits.Rank == 2 ? TransitionLogits.Unsqueeze(0) : TransitionLogits);
    }

    private Tensor MatrixOf(int transition) => spreadTransitions.Select(-3, spreadTransitions.Shape[^3] == 1 ? 0 : transition);

    private static Shape BatchOf(Tensor initial, Tensor transitions, Distribution emissions, int steps, HmmStart start, Tensor? present)
    {
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(transitions);
        ArgumentNullException.ThrowIfNull(emissions);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        int states = initial.Rank > 0 ? initial.Shape[^1] : 0, count = start == HmmStart.AtFirstObservation ? steps - 1 : steps;
        Shape matrices = transitions.Shape, own = emissions.BatchShape;
        bool fits = states > 0 && matrices.Rank >= 2 && matrices[^1] == states && matrices[^2] == states
            && (matrices.Rank == 2 || matrices[^3] == 1 || matrices[^3] == count);
        if (!fits)
        {
            throw new ArgumentException(
                $"Hmm: initialLogits have shape {initial.Shape}, transitionLogits {matrices}. With K states, initialLogits are [.., K] and "
                    + $"transitionLogits [K, K], [.., 1, K, K] or [.., {count}, K, K], for {steps} observations that start "
                    + $"{(start == HmmStart.AtFirstObservation ? "at the first one" : "one step before the first one")}.", nameof(transitions));
        }
        if (own.Rank == 0 || own[^1] != states || (own.Rank > 1 && own[^2] != 1 && own[^2] != steps))
        {
            throw new ArgumentException(
                $"Hmm: the emissions, {emissions.Name}, have batch shape {own}; with {states} states it must be [{states}], or end in "
                    + $"[{steps}, {states}] or [1, {states}]. Give one distribution for each state.", nameof(emissions));
        }
        if (present is not null && (present.DType != DType.Bool || present.Rank == 0 || present.Shape[^1] != steps))
        {
            throw new ArgumentException(
                $"Hmm: present is {present.DType} of shape {present.Shape}; it must be Bool and end in the {steps} steps.", nameof(present));
        }
        Shape chain = Shape.Broadcast(initial.Shape[..^1], matrices.Rank > 3 ? matrices[..^3] : Shape.Scalar);
        return Shape.Broadcast(chain, own.Rank > 2 ? own[..^2] : Shape.Scalar, present is null ? Shape.Scalar : present.Shape[..^1]);
    }
}
