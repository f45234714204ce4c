using System.Globalization;
using System.Reflection;
using Xunit.Sdk;

namespace Pyrite.Testing;

/// <summary>Runs the tests of some classes once more, in another culture.</summary>
internal static class CultureRun
{
    /// <summary>Runs every test of the classes that is not long.</summary>
    /// <returns>How many ran.</returns>
    public static int Of(string culture, IEnumerable<Type> classes)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        List<string> failed = [];
        int count = 0;
        try
        {
            CultureInfo.CurrentCulture = TestCultures.Of(culture);
            foreach (Type type in classes)
            {
                foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static).Where(IsTest))
                {
                    foreach (object?[] arguments in Rows(method))
                    {
                        count++;
                        if (Failure(type, method, arguments) is { } failure)
                        {
                            failed.Add($"{type.Name}.{method.Name}: {failure}");
                        }
                    }
                }
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        Assert.True(failed.Count == 0, $"{failed.Count} of {count} tests failed in the culture \"{culture}\":\n{string.Join('\n', failed)}");
        Assert.NotEqual(0, count);
        return count;
    }

    /// <summary>The test classes of the caller's project that a filter takes; those that need fixtures are left to the whole run in a
    /// culture.</summary>
    public static IEnumerable<Type> Classes(Func<Type, bool> filter) => Assembly.GetExecutingAssembly().GetTypes()
        .Where(
            type =>
                type.IsPublic && !type.IsAbstract && !type.ContainsGenericParameters && type.Name != "CultureTests" && filter(type)
                    && type.GetConstructor([]) is not null && !IsLong(type));

    private static bool IsTest(MethodInfo method) =>
        !method.ContainsGenericParameters && !IsLong(method) && method.GetCustomAttribute<FactAttribute>() is { Skip: null };

    private static bool IsLong(MemberInfo member) => CustomAttributeData.GetCustomAttributes(member)
        .Any(attribute => attribute.AttributeType == typeof(TraitAttribute) && Equals(attribute.ConstructorArguments[1].Value, "Long"));

    private static IEnumerable<object?[]> Rows(MethodInfo method) => method.GetCustomAttribute<FactAttribute>() is TheoryAttribute
        ? method.GetCustomAttributes<DataAttribute>().SelectMany(data => data.GetData(method))
        : [[]];

    private static string? Failure(Type type, MethodInfo method, object?[] arguments)
    {
        object? instance = null;
        try
        {
            instance = method.IsStatic ? null : Activator.CreateInstance(type);
            (method.Invoke(instance, Filled(method, arguments)) as Task)?.GetAwaiter().GetResult();
            return null;
        }
        catch (Exception exception)
        {
            return (exception as TargetInvocationException)?.InnerException?.Message ?? exception.Message;
        }
        finally
        {
            (instance as IDisposable)?.Dispose();
        }
    }

    /// <summary>The arguments with defaults for those left out, and C# numbers as the parameters want them.</summary>
    private static object?[] Filled(MethodInfo method, object?[] arguments) => [.. method.GetParameters().Select((parameter, i) =>
    {
        object? value = i < arguments.Length ? arguments[i] : parameter.DefaultValue;
        Type wanted = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return value is IConvertible && wanted.IsPrimitive && wanted != value.GetType()
            ? Convert.ChangeType(value, wanted, CultureInfo.InvariantCulture)
            : value;
    })];
}
