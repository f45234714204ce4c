using Pyrite.Inference.Enumeration;
using Pyrite.Inspection;
using Pyrite.Language;

namespace Pyrite;

/// <summary>Looks at models without inferring anything.</summary>
public static class Inspect
{
    /// <summary>Runs a model once and refuses it if it is wrong: names, plates, shapes and supports, as inference would.</summary>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first.</param>
    /// <returns>The record of the run.</returns>
    /// <exception cref="ModelException">The model is wrong; the message says where and how to mend it.</exception>
    public static Trace Check(Action model, params ReadOnlySpan<Handler> handlers)
    {
        Trace trace = Trace.Of(model, handlers);
        trace.ScoreAll("model");
        return trace;
    }

    /// <summary>A table of the shapes of all sites of a model: values and distributions as batch | event, log-densities, plates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first.</param>
    public static string ShapeTable(Action model, params ReadOnlySpan<Handler> handlers) => Trace.Of(model, handlers).ShapeTable();

    /// <summary>The graph of a model: its sites, their distributions, parameters, plates, and which site directly depends on which.</summary>
    /// <remarks>The model runs a few times. Dependencies through floating-point arithmetic are read off the gradient graph. Those through integers,
    /// comparisons and C# branches are found by trial: one latent site gets another value while all others keep theirs. A dependency that a trial
    /// value does not show is missed.</remarks>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first.</param>
    /// <exception cref="ModelException">The model is wrong.</exception>
    public static ModelGraph Graph(Action model, params ReadOnlySpan<Handler> handlers) => GraphBuilder.Build(model, handlers.ToArray());

    /// <summary>How a step of variational inference runs when it comes again: its programs, loops and kernels, and the lines that cut it by reading
    /// values.</summary>
    /// <remarks>Runs the next step without its update: nothing is learnt, and the draws of later steps stay the same.</remarks>
    /// <param name="inference">The inference.</param>
    /// <param name="data">What model and guide take.</param>
    /// <exception cref="ModelException">Model or guide is wrong.</exception>
    public static ExecutionPlan Plan<T>(Svi<T> inference, T data)
    {
        ArgumentNullException.ThrowIfNull(inference);
        return inference.Describe(data);
    }

    /// <summary>How the log-density of a model and its gradient run, as samplers use them.</summary>
    /// <param name="model">The model: a pure function of its latent sites, all of them continuous.</param>
    /// <exception cref="ModelException">As for <see cref="Potential.Of(Action, ulong, InitialValues)"/>.</exception>
    public static ExecutionPlan Plan(Action model) => Plan(Potential.Of(model));

    /// <summary>How a log-density and its gradient run, as samplers use them.</summary>
    /// <param name="potential">The log-density.</param>
    public static ExecutionPlan Plan(Potential potential)
    {
        ArgumentNullException.ThrowIfNull(potential);
        return potential.Describe();
    }

    /// <summary>How the discrete sites of a model would be summed out: sites, order, widest table and cost.</summary>
    /// <param name="model">The model; its continuous sites are drawn once.</param>
    /// <exception cref="ModelException">A site cannot be summed out, or the sum would be too costly.</exception>
    public static EnumerationPlan Enumeration(Action model)
    {
        ArgumentNullException.ThrowIfNull(model);
        SynchronousModel.Require(model);
        using StepScope step = StepScope.Begin();
        step.RecordAfresh();
        using LiftingScope scope = LiftingScope.Begin();
        EnumeratedRuns runs = EnumeratedRuns.Of(scope, EnumerationChoice.IsSummed,
            handler => TracedRun.Of("model", model, new SeedHandler(0), handler));
        return EnumeratedRuns.Explained(() => EnumerationPlan.Of(runs));
    }

    /// <summary>A plan as a picture: parts as nodes, loops gray, and what reads what.</summary>
    /// <param name="plan">The plan.</param>
    public static Diagram Draw(ExecutionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return PlanPicture.Of(plan);
    }
}
