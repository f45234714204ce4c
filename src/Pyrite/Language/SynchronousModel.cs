using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Pyrite.Language;

/// <summary>Refuses models that are not over when they return.</summary>
internal static class SynchronousModel
{
    /// <summary>Refuses an async delegate.</summary>
    /// <param name="model">A model, guide or handler's work.</param>
    /// <param name="what">What it is called.</param>
    /// <exception cref="ModelException">It is async.</exception>
    public static void Require(Delegate? model, [CallerArgumentExpression(nameof(model))] string what = "model")
    {
        foreach (Delegate one in model is null ? [] : model.GetInvocationList())
        {
            if (one.Method.IsDefined(typeof(AsyncStateMachineAttribute), inherit: false) || IsAwaited(one.Method.ReturnType))
            {
                throw new ModelException(ModelError.AsyncModel, null,
                    $"The {what} is async: it returns at its first await, and what comes after would run on another thread, outside of the run. Make "
                        + "it an ordinary method; await data before, and give them to it.");
            }
        }
    }

    /// <summary>Tasks, whatever else <c>await</c> takes, and streams that <c>await foreach</c> walks.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "What nobody awaits in the whole program has lost its awaiter.")]
    private static bool IsAwaited(Type type) =>
        type.GetMethod(nameof(Task.GetAwaiter), Type.EmptyTypes) is not null || IsStream(type) || Array.Exists(type.GetInterfaces(), IsStream);

    private static bool IsStream(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
}
