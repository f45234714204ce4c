using Pyrite.Optimizers;

namespace Pyrite;

/// <summary>Changes parameters so that a loss falls.</summary>
/// <remarks>
/// Either it is given its parameters and <see cref="Step"/> differentiates a loss, or its owner computes gradients and calls <see cref="Update"/>.
/// What it remembers about a parameter is made when the parameter is first seen, lives outside step scopes, and goes out and in
/// by <see cref="Export"/> and <see cref="Import"/>.
/// </remarks>
public abstract class Optimizer
{
    private readonly Dictionary<Parameter, ParameterState> states = [];
    private readonly Parameter[] own;
    private Tensor[] values = [];
    private ParameterUpdate[] updates = [];

    /// <summary>An optimizer of given parameters, or of those that <see cref="Update"/> names.</summary>
    /// <param name="learningRate">The rate; above 0, or 0 to stand still.</param>
    /// <param name="parameters">The parameters of <see cref="Step"/>; null if only <see cref="Update"/> is used.</param>
    protected Optimizer(double learningRate, IEnumerable<Parameter>? parameters)
    {
        OptimizerArguments.NotNegative(learningRate);
        LearningRate = learningRate;
        own = parameters is null ? [] : [.. parameters.Distinct()];
    }

    /// <summary>The learning rate, from which a <see cref="Schedule"/> starts; set it between updates to steer by hand.</summary>
    public double LearningRate { get; set; }

    /// <summary>How the rate changes from update to update; null keeps it.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>What is done to gradients that are too large; null leaves them.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>How many updates were made.</summary>
    public long StepCount { get; private set; }

    /// <summary>The rate of the update under way.</summary>
    protected double Rate { get; private set; }

    /// <summary>The names of the tensors that are remembered for each parameter.</summary>
    protected abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Differentiates a loss with respect to the parameters given at construction, and updates them.</summary>
    /// <param name="loss">A scalar; parameters it does not depend on, and frozen ones, stay as they are.</param>
    /// <exception cref="InvalidOperationException">The optimizer was built without parameters, all are frozen, or the loss depends on none of
    /// them.</exception>
    public void Step(Tensor loss)
    {
        if (own.Length == 0)
        {
            throw new InvalidOperationException(
                $"{GetType().Name}.Step needs parameters to change; none were given. Build it with them: new {GetType().Name}(module.Parameters, "
                    + "…).");
        }
        Parameter[] learnt =
            Array.TrueForAll(own, static parameter => parameter.RequiresGradient)
                ? own
                : Array.FindAll(own, static parameter => parameter.RequiresGradient);
        if (learnt.Length == 0)
        {
            throw new InvalidOperationException(
                $"{GetType().Name}.Step has nothing to change: all {own.Length} parameters are frozen. Set RequiresGradient, or call Frozen(false) "
                    + "on the network.");
        }
        if (values.Length != learnt.Length)
        {
            values = new Tensor[learnt.Length];
        }
        for (int i = 0; i < learnt.Length; i++)
        {
            values[i] = learnt[i].Value;
        }
        Tensor?[] gradients = Gradient.OrNull(loss, values);
        if (Array.TrueForAll(gradients, gradient => gradient is null))
        {
            throw new InvalidOperationException(
                $"{GetType().Name}.Step: the loss depends on none of the {learnt.Length} parameters. Compute it from them, outside of a NoGradient "
                    + "scope.");
        }
        Update(learnt, gradients);
    }

    /// <summary>Changes parameters by given gradients.</summary>
    /// <param name="parameters">Each at most once.</param>
    /// <param name="gradients">One a parameter, of its shape; null leaves the parameter as it is.</param>
    /// <exception cref="ArgumentException">Numbers or shapes differ; nothing has been changed.</exception>
    public void Update(IReadOnlyList<Parameter> parameters, IReadOnlyList<Tensor?> gradients)
    {
        if (parameters.Count != gradients.Count)
        {
            throw new ArgumentException(
                $"{GetType().Name}.Update needs one gradient for each parameter; found {parameters.Count} parameters "
                    + $"and {gradients.Count} gradients.", nameof(gradients));
        }
        if (updates.Length < parameters.Count)
        {
            updates = new ParameterUpdate[parameters.Count];
        }
        using NoGradient.Scope untracked = NoGradient.Begin();
        int count = 0;
        for (int i = 0; i < parameters.Count; i++)
        {
            if (gradients[i] is not { } gradient)
            {
                continue;
            }
            Parameter parameter = parameters[i];
            if (gradient.Shape != parameter.Shape)
            {
                throw new ArgumentException(
                    $"{GetType().Name}.Update: parameter {i} has shape {parameter.Shape}, its gradient {gradient.Shape}; they must agree.",
                        nameof(gradients));
            }
            Tensor aligned = gradient.To(parameter.Value.DType).Contiguous();
            aligned.Materialize();                // a gradient of a step that has ended is refused here, before anything changes
            updates[count++] = new ParameterUpdate(parameter, aligned, StateOf(parameter));
        }
        Span<ParameterUpdate> found = updates.AsSpan(0, count);
        Clipping?.Apply(found);
        foreach (ref readonly ParameterUpdate update in found)
        {
            update.State.Step++;
        }
        Rate = Schedule?.Rate(LearningRate, StepCount) ?? LearningRate;
        StepCount++;
        Apply(found);
        found.Clear();
    }

    /// <summary>What the optimizer remembers, as named tensors, to be saved with the parameters.</summary>
    /// <param name="names">The names of the parameters, for example <see cref="Module.NamedParameters"/>; others are left out.</param>
    public OptimizerState Export(IReadOnlyDictionary<string, Parameter> names)
    {
        Dictionary<string, Tensor> tensors = [];
        foreach ((string path, Parameter parameter) in names)
        {
            if (states.TryGetValue(parameter, out ParameterState? state))
            {
                state.Export(path, StateNames, tensors);
            }
        }
        return new OptimizerState(GetType().Name, StepCount, LearningRate, tensors);
    }

    /// <summary>Goes on from what <see cref="Export"/> gave: the next updates are those that would have followed there.</summary>
    /// <param name="state">A state of an optimizer of the same kind.</param>
    /// <param name="names">The names of the parameters.</param>
    /// <exception cref="ArgumentException">The state is of another kind, or its tensors do not fit; nothing has been changed.</exception>
    public void Import(OptimizerState state, IReadOnlyDictionary<string, Parameter> names)
    {
        if (state.Kind != GetType().Name)
        {
            throw new ArgumentException($"A state of {state.Kind} was given to {GetType().Name}. Build the optimizer that the state came from.",
                nameof(state));
        }
        Dictionary<Parameter, ParameterState> found = [];
        foreach ((string path, Parameter parameter) in names)
        {
            if (ParameterState.Import(path, parameter, StateNames, state.Tensors) is { } imported)
            {
                found.Add(parameter, imported);
            }
        }
        states.Clear();
        foreach ((Parameter parameter, ParameterState imported) in found)
        {
            states.Add(parameter, imported);
        }
        StepCount = state.Step;
        LearningRate = state.LearningRate;
    }

    /// <summary>Changes the parameters; the step counts have been raised already.</summary>
    protected abstract void Apply(ReadOnlySpan<ParameterUpdate> updates);

    /// <summary>The value that a remembered tensor starts with everywhere.</summary>
    /// <param name="index">Which one of <see cref="StateNames"/>.</param>
    protected virtual double InitialState(int index) => 0;

    private ParameterState StateOf(Parameter parameter)
    {
        if (!states.TryGetValue(parameter, out ParameterState? state) || state.Type != parameter.Value.DType)
        {
            states[parameter] = state = state?.As(parameter.Value.DType) ?? new ParameterState(parameter, StateNames.Count, InitialState);
        }
        return state;
    }
}
