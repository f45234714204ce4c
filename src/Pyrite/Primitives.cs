using Pyrite.Handlers;

namespace Pyrite;

/// <summary>The statements of which models are made. Import them with <c>using static Pyrite.Primitives;</c></summary>
/// <remarks>Without any handler a statement simply acts: it draws, returns a start value or opens a plate, so a model can be run and debugged as plain C#.</remarks>
public static class Primitives
{
    /// <summary>A random variable.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="distribution">What it follows; inside plates expanded to their sizes.</param>
    /// <param name="observed">Data; null where the variable is latent.</param>
    /// <returns>The draw, or the data: batch shape followed by event shape.</returns>
    public static Tensor Sample(string name, Distribution distribution, Tensor? observed = null)
    {
        SampleSite site = new(name, distribution, observed);
        HandlerStack.Apply(site);
        return site.Value;
    }

    /// <summary>A parameter to learn.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="start">The starting value, inside the constraint.</param>
    /// <param name="constraint">What values are allowed; any real number if not given.</param>
    /// <returns>The present value.</returns>
    public static Tensor Param(string name, Tensor start, Constraint? constraint = null) => Param(name, () => start, constraint);

    /// <summary>A parameter to learn whose starting value is made when it is first needed.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="start">Makes the starting value, inside the constraint.</param>
    /// <param name="constraint">What values are allowed; any real number if not given.</param>
    /// <returns>The present value.</returns>
    public static Tensor Param(string name, Func<Tensor> start, Constraint? constraint = null)
    {
        ParamSite site = new(name, start, constraint ?? Constraints.Real);
        HandlerStack.Apply(site);
        return site.Value;
    }

    /// <summary>Makes the parameters of a network learnable, under the names <c>name.path</c>.</summary>
    /// <param name="name">A name, unique in model and guide.</param>
    /// <param name="module">The network.</param>
    /// <returns>The network itself.</returns>
    public static TModule Register<TModule>(string name, TModule module) where TModule : Module
    {
        HandlerStack.Apply(new ModuleSite(name, module));
        return module;
    }

    /// <summary>Names a result, so that traces and predictions contain it.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="value">The result.</param>
    /// <returns>The result itself.</returns>
    public static Tensor Deterministic(string name, Tensor value)
    {
        DeterministicSite site = new(name, value);
        HandlerStack.Apply(site);
        return site.Value;
    }

    /// <summary>Adds a number to the log-density of the model: a likelihood or penalty written by hand.</summary>
    /// <param name="name">A name, unique in the model.</param>
    /// <param name="logFactor">What to add; inside plates one number for each copy.</param>
    public static void Factor(string name, Tensor logFactor) =>
        Sample(name, new Unit(logFactor), observed: Tensor.Zeros(logFactor.Shape + [0], logFactor.IsWeak ? Precision.Default : logFactor.DType));

    /// <summary>Opens a plate: what is sampled inside is independent along a batch dimension. Dispose the scope to close it.</summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="size">How many independent copies there are.</param>
    /// <param name="subsampleSize">How many of them to look at in this run; log-densities are scaled up. All if not given.</param>
    /// <param name="dimension">The batch dimension, negative from the right; the rightmost free one if not given.</param>
    /// <exception cref="ModelException">The sizes or the dimension are impossible, or the name or dimension is taken by an open plate.</exception>
    public static PlateScope Plate(string name, int size, int? subsampleSize = null, int? dimension = null)
    {
        int present = subsampleSize ?? size;
        if (size < 1 || present < 1 || present > size)
        {
            throw new ModelException(name, $"a plate needs a size of at least 1 and a subsample of 1 to that size; found size {size} and subsample size {present}.");
        }
        PlateFrame frame = new(name, PlateDimension.Choose(name, dimension), size, present);
        PlateSite site = new(name, size, present);
        if (present != size)
        {
            HandlerStack.Apply(site);
        }
        return new PlateScope(HandlerStack.Push(new PlateHandler(frame)), site);
    }
}
