using Pyrite.Language;
using Pyrite.Language.Handlers;
using Pyrite.Language.Plates;


namespace Pyrite;

/// <summary>The stretch of code in which a network computes with drawn weights.</summary>
public readonly ref struct RandomModuleScope : IDisposable
{
    private readonly ParameterSubstitution.Scope substitution;

    internal RandomModuleScope(string name, Module module, Func<string, Distribution> prior)
    {
        foreach (PlateHandler plate in HandlerStack.OpenPlates())
        {
            throw new ModelException(ModelError.PriorUnsuitable, name,
                $"the weights of a network are drawn inside plate \"{plate.Frame.Name}\", so that every entry would get weights of its own. Open the "
                    + "random module outside of plates.");
        }
        Dictionary<Parameter, Tensor> weights = [];
        foreach ((string path, Parameter parameter) in module.NamedParameters)
        {
            string site = $"{name}.{path}";
            weights.Add(parameter, Primitives.Sample(site, PriorShape.Whole(site, prior(path), parameter.Shape)));
        }
        substitution = ParameterSubstitution.Begin(weights);
    }

    /// <summary>Gives the network its own weights back.</summary>
    public void Dispose() => substitution.Dispose();
}
