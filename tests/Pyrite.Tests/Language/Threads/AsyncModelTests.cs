using System.Reflection;
using static Pyrite.Primitives;

namespace Pyrite.Tests;

public sealed class AsyncModelTests
{
    private static readonly Action<int> Asynchronous = async _ =>
    {
        await Task.Yield();
        Sample("y", new Normal(0, 1), observed: 8.0);
    };

    private static readonly Action Alone = async () =>
    {
        await Task.Yield();
        Sample("y", new Normal(0, 1), observed: 8.0);
    };

    /// <summary>Every public method and constructor of the library that takes a model or guide, by type and name.</summary>
    public static TheoryData<string> EntryPoints => [.. Entries().Keys];

    [Theory]
    [MemberData(nameof(EntryPoints))]
    public void An_async_model_is_refused_when_it_is_given(string entry)
    {
        MethodBase method = Entries()[entry];
        int refused = 0;
        foreach (ParameterInfo parameter in method.GetParameters().Where(IsModel))
        {
            object? target = method.IsStatic || method is ConstructorInfo ? null : Target(method.DeclaringType!);
            object?[] arguments = [.. method.GetParameters().Select(one => Value(one, isAsync: one == parameter))];
            Exception failure =
                Assert.ThrowsAny<Exception>(() => method is ConstructorInfo made ? made.Invoke(arguments) : method.Invoke(target, arguments));
            ModelException refusal = Assert.IsType<ModelException>(failure is TargetInvocationException wrapped ? wrapped.InnerException : failure);
            Assert.Equal(ModelError.AsyncModel, refusal.Kind);
            Assert.Contains("is async", refusal.Message);
            refused++;
        }
        Assert.NotEqual(0, refused);
    }

    [Fact]
    public void A_handler_s_work_that_returns_a_task_is_refused() =>
        Assert.Equal(ModelError.AsyncModel,
            Assert.Throws<ModelException>(() => { _ = new SeedHandler(0).Run(async () => await Task.Yield()); }).Kind);

    [Fact]
    public void Whatever_can_be_awaited_is_refused_and_ordinary_results_are_not()
    {
        SeedHandler handler = new(0);
        foreach (Action run in (Action[])
        [
            () => handler.Run(() => Task.CompletedTask),
            () => handler.Run(() => Task.FromResult(1)),
            () => handler.Run(() => ValueTask.CompletedTask),
            () => handler.Run(() => ValueTask.FromResult(1)),
            () => handler.Run(() => Task.CompletedTask.ConfigureAwait(false)),
            () => handler.Run(Numbers),
        ])
        {
            Assert.Equal(ModelError.AsyncModel, Assert.Throws<ModelException>(run).Kind);
        }
        Assert.Equal(1, handler.Run(() => 1));
        Assert.Equal([1, 2], handler.Run(() => new List<int> { 1, 2 }));
        Assert.Null(handler.Run(() => (object?)null));

        static async IAsyncEnumerable<int> Numbers()
        {
            await Task.Yield();
            yield return 1;
        }
    }

    private static void Nothing()
    {
    }

    private static void Nothing(int data)
    {
    }

    private static Dictionary<string, MethodBase> Entries()
    {
        Dictionary<string, MethodBase> all = [];
        foreach (Type type in typeof(Svi<>).Assembly.GetExportedTypes().Where(type => !type.IsSubclassOf(typeof(Delegate))))
        {
            if (type.Name.StartsWith('<'))
            {
                continue;   // how the compiler notes extension members; their bodies stand in the static class
            }
            Type closed = type.IsGenericTypeDefinition ? type.MakeGenericType(typeof(int)) : type;
            if (closed.IsAbstract && !closed.IsSealed && closed != typeof(Handler))
            {
                continue;
            }
            const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
            foreach (MethodBase method in closed.GetConstructors().Cast<MethodBase>()
                .Concat(
                    closed.GetMethods(Own).Where(method => method.GetParameters().Any(parameter => parameter.Name is "model" or "guide" or "part"))
                        .Select(method => method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(int)) : method)))
            {
                if (method.GetParameters().Any(IsModel) && !method.GetParameters().Any(parameter => parameter.ParameterType.IsByRefLike))
                {
                    all[$"{type.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.ParameterType.Name))})"] =
                        method;
                }
            }
        }
        return all;
    }

    private static bool IsModel(ParameterInfo parameter) =>
        parameter.Name is "model" or "guide" or "part"
            && (parameter.ParameterType == typeof(Action) || parameter.ParameterType == typeof(Action<int>));

    private static object Target(Type type) => type == typeof(AutoGuideList<int>) ? new AutoGuideList<int>() : new SeedHandler(0);

    private static object? Value(ParameterInfo parameter, bool isAsync) => parameter.ParameterType switch
    {
        Type type when type == typeof(Action) => isAsync ? Alone : Nothing,
        Type type when type == typeof(Action<int>) => isAsync ? Asynchronous : Nothing,
        Type type when type == typeof(Optimizer) => new Adam(),
        Type type when type == typeof(Elbo) => new TraceElbo(),
        Type type when type == typeof(ParamStore) => new Svi<int>(_ => { }, _ => { }, new Adam(), new TraceElbo()).Parameters,
        Type type when type == typeof(McmcResult) => Mcmc.Run(() => Sample("z", new Normal(0, 1)), chains: 1, warmup: 2, draws: 2),
        Type type when type == typeof(McmcState) => Mcmc.Run(() => Sample("z", new Normal(0, 1)), chains: 1, warmup: 2, draws: 2).State,
        Type type when type == typeof(ChainFiles) =>
            parameter.HasDefaultValue ? null : new ChainFiles(Path.Combine(Path.GetTempPath(), "no run is here")),
        Type type when type == typeof(Draws) => new Draws(1, [new DrawsVariable("z", Shape.Scalar, [0])]),
        Type type when type == typeof(Module) => new Linear(1, 1),
        Type type when type == typeof(string) && !parameter.HasDefaultValue => Path.Combine(Path.GetTempPath(), "nothing is written here"),
        Type type when type == typeof(int) && !parameter.HasDefaultValue => 1,
        Type type when type == typeof(Func<Action<int>, int, Draws>) =>
            (Func<Action<int>, int, Draws>)((_, _) => new Draws(1, [new DrawsVariable("z", Shape.Scalar, [0])])),
        Type type when type == typeof(Func<int, string, Tensor>) => (Func<int, string, Tensor>)((_, _) => 0.0),
        _ when parameter.HasDefaultValue =>
            parameter.DefaultValue is DBNull
                ? null
                : parameter.ParameterType.IsValueType && parameter.DefaultValue is null
                    ? Activator.CreateInstance(parameter.ParameterType)
                    : parameter.DefaultValue,
        _ => null,
    };
}
