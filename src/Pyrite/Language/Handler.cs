using Pyrite.Language;


namespace Pyrite;

/// <summary>One effect on the statements of a model: watch them, replace values, hide them, change how they count.</summary>
/// <remarks>A statement visits the handlers of its thread from the innermost outwards (<c>Before</c>), gets its value, and comes back (<c>After</c>).
/// Derive from this class and override what you need; <see cref="Enter"/> opens a scope, <see cref="Run(Action)"/> runs a model,
/// <see cref="Wrap(Action)"/> makes a new model. What a handler itself states meets only the handlers further out.</remarks>
public abstract class Handler
{
    /// <summary>Whether sites that an inner handler hides are shown all the same: true for what belongs to the draw itself.</summary>
    protected internal virtual bool SeesHiddenSites => false;

    /// <summary>Makes this the innermost handler of the thread until the scope is disposed, also by an exception.</summary>
    public HandlerScope Enter()
    {
        Begin();
        return HandlerStack.Push(this);
    }

    /// <summary>Runs a model under this handler.</summary>
    /// <exception cref="ModelException">The handler names a site that the model does not have.</exception>
    public void Run(Action model)
    {
        SynchronousModel.Require(model);
        RunKnown(model);
    }

    /// <summary>Runs a model that returns something under this handler.</summary>
    /// <exception cref="ModelException">The handler names a site that the model does not have.</exception>
    public TResult Run<TResult>(Func<TResult> model)
    {
        SynchronousModel.Require(model);
        using HandlerScope scope = Enter();
        TResult result = model();
        CheckNames();
        return result;
    }

    /// <summary>A model that runs under this handler.</summary>
    /// <exception cref="ModelException">The model is async.</exception>
    public Action Wrap(Action model)
    {
        SynchronousModel.Require(model);
        return () => RunKnown(model);
    }

    /// <summary>A model of some data that runs under this handler.</summary>
    /// <exception cref="ModelException">The model is async.</exception>
    public Action<T> Wrap<T>(Action<T> model)
    {
        SynchronousModel.Require(model);
        return data => RunKnown(() => model(data));
    }

    /// <summary>Sees a random variable before its value is decided.</summary>
    protected internal virtual void Before(SampleSite site)
    {
    }

    /// <summary>Sees a random variable with its value.</summary>
    protected internal virtual void After(SampleSite site)
    {
    }

    /// <summary>What becomes of a latent site that is stated in the rounds of a loop over time: gives it the value that it would have, or tells by
    /// what it is drawn instead.</summary>
    /// <param name="site">Stands for the site; its distribution is that of a round.</param>
    internal virtual Reparameterization? Probe(SampleSite site) => null;

    /// <summary>Whether a tensor stands for many values at once, because the handler sums sites out.</summary>
    internal virtual bool IsLifted(Tensor value) => false;

    /// <summary>Sees a parameter before its value is decided.</summary>
    protected internal virtual void Before(ParamSite site)
    {
    }

    /// <summary>Sees a parameter with its value.</summary>
    protected internal virtual void After(ParamSite site)
    {
    }

    /// <summary>Sees a registered network on the way out.</summary>
    protected internal virtual void Before(ModuleSite site)
    {
    }

    /// <summary>Sees a registered network on the way back.</summary>
    protected internal virtual void After(ModuleSite site)
    {
    }

    /// <summary>Sees a named result on the way out.</summary>
    protected internal virtual void Before(DeterministicSite site)
    {
    }

    /// <summary>Sees a named result on the way back.</summary>
    protected internal virtual void After(DeterministicSite site)
    {
    }

    /// <summary>Sees a plate before its indices are chosen.</summary>
    protected internal virtual void Before(PlateSite site)
    {
    }

    /// <summary>Sees a plate with its indices.</summary>
    protected internal virtual void After(PlateSite site)
    {
    }

    /// <summary>A run under the handler starts: forgets what an earlier run has left.</summary>
    protected internal virtual void Begin()
    {
    }

    /// <summary>A run of <see cref="Run(Action)"/> or <see cref="Wrap(Action)"/> has ended well: refuses names that no site had.</summary>
    /// <exception cref="ModelException">The handler names a site that the model does not have.</exception>
    protected internal virtual void CheckNames()
    {
    }

    private void RunKnown(Action model)
    {
        using HandlerScope scope = Enter();
        model();
        CheckNames();
    }
}
