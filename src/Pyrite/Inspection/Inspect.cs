using Pyrite.Inspection;

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
        PlateCheck.Verify("model", trace);
        return trace;
    }

    /// <summary>A table of the shapes of all sites of a model: values and distributions as batch | event, log-densities, plates.</summary>
    /// <param name="model">The model.</param>
    /// <param name="handlers">Outermost first.</param>
    public static string ShapeTable(Action model, params ReadOnlySpan<Handler> handlers) => Trace.Of(model, handlers).ShapeTable();
}
