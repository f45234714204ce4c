using Pyrite.Language.Plates;
using Pyrite.Language.Sites;

namespace Pyrite.Language;

/// <summary>One run of a model or guide under handlers, which is recorded, and whose failures are explained.</summary>
internal static class TracedRun
{
    /// <summary>Runs a model or guide, which errors call by its role.</summary>
    public static Trace Of(string role, Action model, params ReadOnlySpan<Handler> handlers) => Of(role, static run => run(), model, handlers);

    /// <summary>The same for a model or guide of some data.</summary>
    public static Trace Of<T>(string role, Action<T> model, T data, params ReadOnlySpan<Handler> handlers) =>
        Of(role, model, data, new TraceHandler(), handlers);

    /// <summary>The same with a recorder that others may look into while the model runs, and when it has failed.</summary>
    public static Trace Of<T>(string role, Action<T> model, T data, TraceHandler recorder, params ReadOnlySpan<Handler> handlers) =>
        Of(role, isPart: false, model, data, recorder, handlers);

    /// <summary>The same for a run that may be a part of the one around it, whose handlers it then meets.</summary>
    public static Trace Of<T>(string role, bool isPart, Action<T> model, T data, TraceHandler recorder, params ReadOnlySpan<Handler> handlers)
    {
        using RunScope run = HandlerStack.BeginRun(isPart);
        using ParameterRefusals.Scope refusals = ParameterRefusals.Begin();
        bool isOutermost = HandlerStack.IsEmpty;
        List<PlateAxis> outerAxes = HandlerStack.EnteredAxes;
        using HandlerScope outer = recorder.Enter();
        foreach (Handler handler in handlers)
        {
            // The scopes end with the outer one, which restores the stack to where it was.
            handler.Enter();
        }
        int depth = HandlerStack.Depth;
        HandlerStack.RunIsBegun();
        try
        {
            HandlerStack.EnteredAxes = [];
            model(data);
            HandlerStack.RequireNoTrespass();
            ParameterRefusals.RequireNone();
            if (HandlerStack.Above(depth) is { } open)
            {
                throw NotClosed(role, open);
            }
        }
        catch (Exception failure) when (ForeignThread.Refusal(failure, recorder.Trace) is { } refusal)
        {
            throw refusal;
        }
        catch (Exception failure) when (Refusal(failure, isOutermost) is { } refusal)
        {
            throw !isOutermost ? refusal : RefusedCheck.Explain(refusal, recorder.Trace) ?? Failure(role, refusal, recorder.Trace);
        }
        finally
        {
            HandlerStack.EnteredAxes = outerAxes;
        }
        foreach (Handler handler in handlers)
        {
            handler.CheckNames();
        }
        return recorder.Trace;
    }

    /// <summary>The error of a run that an exception ended: after which site.</summary>
    public static ModelException Failure(string role, Exception failure, Trace trace)
    {
        string place = trace.SiteList.Count == 0 ? "before its first site" : $"after site \"{trace.SiteList[^1].Name}\"";
        return new ModelException(ModelError.ModelFailed, null,
            $"The {role} failed {place}: {(failure is ArgumentException argument ? ModelException.WithoutParameter(argument) : failure.Message)}",
            failure).With(trace.ShapeTable);
    }

    /// <summary>What a failed run is to be blamed on: a parameter that was refused before, else the failure; null where an outer run is told of
    /// that.</summary>
    private static ArgumentException? Refusal(Exception failure, bool isOutermost) =>
        (failure is OperationCanceledException or OutOfMemoryException ? null : ParameterRefusals.First)
            ?? (isOutermost ? failure as ArgumentException : null);

    private static ModelException NotClosed(string role, Handler open) => open is PlateHandler plate
        ? new ModelException(ModelError.ScopeNotClosed, plate.Frame.Name,
            $"the {role} opened the plate, but did not close it, so everything after it counted as inside. Write using "
                + $"(Plate(\"{plate.Frame.Name}\", …)) {{ … }}.")
        : new ModelException(ModelError.ScopeNotClosed, null,
            $"The {role} entered a {open.GetType().Name}, but did not leave it, so everything after it was inside. Write using (….Enter()) {{ … }}.");
}
