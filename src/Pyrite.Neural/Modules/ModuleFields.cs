using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Pyrite.Modules;

/// <summary>Finds what a module holds in its fields, and the names it has there.</summary>
internal static class ModuleFields
{
    private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> Known = new();

    /// <summary>Modules, parameters and buffers in the fields of a module, in order of declaration; fields that are null or hold anything else are
    /// left out.</summary>
    public static IEnumerable<(string Name, object Value)> Of(Module module)
    {
        foreach ((string name, FieldInfo field) in Known.GetOrAdd(module.GetType(), Describe))
        {
            object? value = field.GetValue(module);
            if (IsMember(value))
            {
                yield return (name, value!);
            }
            else if (value is IReadOnlyCollection<object> list)
            {
                int index = 0;
                foreach (object? item in list)
                {
                    if (IsMember(item))
                    {
                        yield return ($"{name}.{index}", item!);
                    }
                    index++;
                }
            }
            else if (value is IDictionary dictionary)
            {
                foreach (DictionaryEntry entry in dictionary)
                {
                    if (entry.Key is string key && IsMember(entry.Value))
                    {
                        yield return ($"{name}.{key}", entry.Value!);
                    }
                }
            }
        }
    }

    /// <summary>The name that a field gives: <c>conv1</c> for <c>conv1</c>, <c>_conv1</c>, the property <c>Conv1</c> and the captured parameter
    /// <c>conv1</c>.</summary>
    internal static string NameOf(string fieldName)
    {
        ReadOnlySpan<char> name = fieldName;
        if (name[0] == '<')
        {
            name = name[1..name.IndexOf('>')];
        }
        name = name.TrimStart('_');
        char[] letters = name.Length == 0 ? fieldName.ToCharArray() : name.ToArray();
        for (int i = 0; i < letters.Length && char.IsUpper(letters[i]); i++)
        {
            if (i > 0 && i + 1 < letters.Length && char.IsLower(letters[i + 1]))
            {
                break;
            }
            letters[i] = char.ToLowerInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static bool IsMember(object? value) => value is Module or Parameter or ModuleBuffer;

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Module asks to keep the fields of all classes that derive from it.")]
    private static (string, FieldInfo)[] Describe(Type type)
    {
        List<(string, FieldInfo)> found = [];
        Stack<Type> types = new();
        for (Type? level = type; level is not null && level != typeof(Module); level = level.BaseType)
        {
            types.Push(level);
        }
        foreach (Type level in types)
        {
            foreach (FieldInfo field in level.GetFields(
                BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (CanHoldMembers(field.FieldType))
                {
                    found.Add((NameOf(field.Name), field));
                }
            }
        }
        return [.. found];
    }

    private static bool CanHoldMembers(Type type) =>
        !type.IsValueType && type != typeof(string) && type != typeof(Tensor) && !typeof(Delegate).IsAssignableFrom(type);
}
