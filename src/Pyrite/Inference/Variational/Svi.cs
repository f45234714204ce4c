using Pyrite.Inference.Variational;

namespace Pyrite;

/// <summary>Stochastic variational inference: fits the parameters of model and guide by gradient steps on an objective.</summary>
/// <remarks>Each step draws from keys of (seed, step, particle, site), so the same seed gives the same bits at any thread count. All parameters live in <see cref="Parameters"/>.</remarks>
/// <typeparam name="T">What model and guide take: the data of a step.</typeparam>
public sealed partial class Svi<T>
{
    private const int MostSkippedInARow = 10;

    private readonly Action<T> model;
    private readonly Action<T> guide;
    private readonly ParamStoreHandler storeHandler;
    private readonly RandomKey stepKey;
    private readonly RandomKey evaluationKey;
    private readonly List<Parameter> used = [];
    private readonly HashSet<Parameter> seen = [];
    private int skippedInARow;
    private string? firstBad;

    /// <summary>Sets up an inference; nothing runs yet.</summary>
    /// <param name="model">The model.</param>
    /// <param name="guide">The guide: draws every latent site of the model.</param>
    /// <param name="optimizer">What turns gradients into updates.</param>
    /// <param name="objective">What is minimized.</param>
    /// <param name="seed">Decides all draws and the start of registered networks.</param>
    public Svi(Action<T> model, Action<T> guide, Optimizer optimizer, Elbo objective, ulong seed = 0)
    {
        this.model = model;
        this.guide = guide;
        Optimizer = optimizer;
        Objective = objective;
        Seed = seed;
        storeHandler = new ParamStoreHandler(Parameters, seed);
        RandomKey root = RandomKey.FromSeed(seed);
        stepKey = root.Child("svi step");
        evaluationKey = root.Child("svi evaluation");
    }

    /// <summary>The parameters met so far.</summary>
    public ParamStore Parameters { get; } = new();

    /// <summary>What turns gradients into updates.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>What is minimized.</summary>
    public Elbo Objective { get; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>How many steps have been taken.</summary>
    public long StepCount { get; private set; }

    /// <summary>How many steps were skipped because the loss or a gradient was not finite.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>How many evaluations have been made.</summary>
    public long EvaluationCount { get; private set; }

    /// <summary>One gradient step.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <returns>The loss: minus the evidence lower bound, summed over the data present.</returns>
    /// <exception cref="ModelException">Model or guide is wrong, no parameter received a gradient, or ten losses in a row were not finite.</exception>
    public double Step(T data)
    {
        using StepScope scope = StepScope.Begin();
        RandomKey key = stepKey.Child(StepCount);
        used.Clear();
        seen.Clear();
        (Tensor loss, Tensor surrogate, Trace lastModel, Trace lastGuide) = Run(data, key, collect: true);
        if (used.Count == 0)
        {
            throw new ModelException(ModelError.NothingToLearn, null, "A step found nothing to learn: neither model nor guide has a Param or a registered network. Add parameters to the guide, or Register its networks.");
        }
        StepCount++;

        // The gradients are asked for before the loss is read, so that the whole step runs as one program.
        Tensor?[] gradients = Gradients(surrogate);
        double value = loss.Item();
        if (!double.IsFinite(value))
        {
            Skip(NonFiniteReport.Describe(value, lastModel, lastGuide));
            return value;
        }
        if (NonFiniteReport.FirstBadGradient(Parameters, used, gradients) is { } bad)
        {
            Skip(bad);
            return value;
        }
        Update(gradients);
        skippedInARow = 0;
        return value;
    }

    /// <summary>The loss without changing anything; each call draws afresh.</summary>
    /// <param name="data">What model and guide take.</param>
    /// <returns>The loss: minus the evidence lower bound, summed over the data present.</returns>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    public double Evaluate(T data)
    {
        using StepScope scope = StepScope.Begin();
        using NoGradient.Scope untracked = NoGradient.Begin();
        return Run(data, evaluationKey.Child(EvaluationCount++), collect: false).Loss.Item();
    }

    private (Tensor Loss, Tensor Surrogate, Trace Model, Trace Guide) Run(T data, RandomKey key, bool collect)
    {
        RandomKey plateKey = key.Child("plates");
        Tensor? loss = null;
        Tensor? surrogate = null;
        Trace? modelTrace = null;
        Trace? guideTrace = null;
        for (int particle = 0; particle < Objective.Particles; particle++)
        {
            (modelTrace, guideTrace) = ModelGuidePair.Run(() => model(data), () => guide(data), storeHandler, key.Child(particle), plateKey);
            ElboTerm term = Objective.Evaluate(modelTrace, guideTrace);
            loss = loss is null ? term.Loss : loss + term.Loss;
            surrogate = surrogate is null ? term.Surrogate : surrogate + term.Surrogate;
            if (collect)
            {
                Parameters.Collect(guideTrace, used, seen);
                Parameters.Collect(modelTrace, used, seen);
            }
        }
        if (Objective.Particles > 1)
        {
            loss = loss! / Objective.Particles;
            surrogate = surrogate! / Objective.Particles;
        }
        return (loss!, surrogate!, modelTrace!, guideTrace!);
    }

    private Tensor?[] Gradients(Tensor surrogate)
    {
        Tensor[] variables = new Tensor[used.Count];
        for (int i = 0; i < variables.Length; i++)
        {
            variables[i] = used[i].Value;
        }
        return Gradient.OrNull(surrogate, variables);
    }

    private void Update(Tensor?[] gradients)
    {
        List<Parameter> reached = new(used.Count);
        List<Tensor> values = new(used.Count);
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } gradient)
            {
                reached.Add(used[i]);
                values.Add(gradient);
            }
        }
        if (reached.Count == 0)
        {
            throw new ModelException(ModelError.NoGradientReceived, null, $"No parameter received a gradient in this step: the loss does not depend on any of {string.Join(", ", Parameters.Names)}. Use the parameters in a distribution, and do not Detach on the way.");
        }
        Optimizer.Update(reached, values);
    }

    private void Skip(string reason)
    {
        SkippedCount++;
        firstBad = skippedInARow == 0 ? reason : firstBad;
        if (++skippedInARow >= MostSkippedInARow)
        {
            skippedInARow = 0;
            throw new ModelException(ModelError.NotFinite, null, $"{MostSkippedInARow} steps in a row were skipped because of numbers that are not finite; parameters are as they were before. First: {firstBad} Lower the learning rate, check the data for NaN, or bound the scales.");
        }
    }
}
