using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Pyrite.Kernels.Tiles;

/// <summary>The instructions tiles are written with: vectors of one width and element type, some with lanes cut off.</summary>
internal sealed class TileInstructions
{
    private readonly Type _element;
    private readonly int _vectors;
    private LocalBuilder? _lastColumns;

    public TileInstructions(ILGenerator il, Type element, int vectors, int width)
    {
        Il = il;
        _element = element;
        _vectors = vectors;
        Width = width;
        (Type open, Operations) = width switch
        {
            64 => (typeof(Vector512<>), typeof(Vector512)),
            32 => (typeof(Vector256<>), typeof(Vector256)),
            _ => (typeof(Vector128<>), typeof(Vector128)),
        };
        Vector = open.MakeGenericType(element);
    }

    /// <summary>The method being written.</summary>
    public ILGenerator Il { get; }

    /// <summary>Bytes of a vector.</summary>
    public int Width { get; }

    /// <summary>The vector type.</summary>
    public Type Vector { get; }

    /// <summary>The class of the vector type's operations.</summary>
    public Type Operations { get; }

    /// <summary>Makes the last vector of every row partial, by the lane mask the call points to.</summary>
    public void CutLastVector()
    {
        _lastColumns = Il.DeclareLocal(Vector);
        LoadField(nameof(TileCall.LastColumns));
        Il.Emit(OpCodes.Call, Generic("Load"));
        Il.Emit(OpCodes.Stloc, _lastColumns);
    }

    /// <summary>Pushes vector <paramref name="j"/> from the pointer on; lanes beyond the last column read as zero.</summary>
    public void LoadVector(LocalBuilder pointer, int j)
    {
        Il.Emit(OpCodes.Ldloc, pointer);
        LoadVectorAt(j);
    }

    /// <summary>Replaces the address of a row on the stack by its vector <paramref name="j"/>.</summary>
    public void LoadVectorAt(int j)
    {
        Offset(j);
        if (_lastColumns == null || j < _vectors - 1)
        {
            Il.Emit(OpCodes.Call, Generic("Load"));
        }
        else if (Width == 64)
        {
            Il.Emit(OpCodes.Ldloc, _lastColumns);
            Il.Emit(OpCodes.Call, Vector.GetProperty("Zero")!.GetMethod!);
            Il.Emit(OpCodes.Call, typeof(Avx512F).GetMethod("MaskLoad", [_element.MakePointerType(), Vector, Vector])!);
        }
        else
        {
            Il.Emit(OpCodes.Ldloc, _lastColumns);
            Il.Emit(OpCodes.Call, typeof(Avx).GetMethod("MaskLoad", [_element.MakePointerType(), Vector])!);
        }
    }

    /// <summary>Stores vector <paramref name="j"/>; lanes beyond the last column are left alone.</summary>
    public void StoreVector(LocalBuilder value, LocalBuilder pointer, int j)
    {
        if (_lastColumns == null || j < _vectors - 1)
        {
            Il.Emit(OpCodes.Ldloc, value);
            Address(pointer, j);
            Il.Emit(OpCodes.Call, Generic("Store"));
            return;
        }
        Address(pointer, j);
        Il.Emit(OpCodes.Ldloc, _lastColumns);
        Il.Emit(OpCodes.Ldloc, value);
        Type processor = Width == 64 ? typeof(Avx512F) : typeof(Avx);
        Il.Emit(OpCodes.Call, processor.GetMethod("MaskStore", [_element.MakePointerType(), Vector, Vector])!);
    }

    /// <summary>Pushes the address of vector <paramref name="j"/> from the pointer on.</summary>
    public void Address(LocalBuilder pointer, int j)
    {
        Il.Emit(OpCodes.Ldloc, pointer);
        Offset(j);
    }

    private void Offset(int j)
    {
        if (j > 0)
        {
            Il.Emit(OpCodes.Ldc_I4, j * Width);
            Il.Emit(OpCodes.Add);
        }
    }

    /// <summary>A new local with the value of a field of the call.</summary>
    public LocalBuilder Copy(string field)
    {
        LocalBuilder local = Il.DeclareLocal(typeof(nint));
        Copy(field, local);
        return local;
    }

    /// <summary>Copies a field of the call to a local.</summary>
    public void Copy(string field, LocalBuilder local)
    {
        LoadField(field);
        Il.Emit(OpCodes.Stloc, local);
    }

    /// <summary>New locals of a type.</summary>
    public LocalBuilder[] Locals(Type type, int count)
    {
        LocalBuilder[] locals = new LocalBuilder[count];
        for (int i = 0; i < count; i++)
        {
            locals[i] = Il.DeclareLocal(type);
        }
        return locals;
    }

    /// <summary>result = value times a number.</summary>
    public void Multiple(LocalBuilder value, int factor, LocalBuilder result)
    {
        Il.Emit(OpCodes.Ldloc, value);
        Il.Emit(OpCodes.Ldc_I4, factor);
        Il.Emit(OpCodes.Conv_I);
        Il.Emit(OpCodes.Mul);
        Il.Emit(OpCodes.Stloc, result);
    }

    /// <summary>Pushes a field of the call.</summary>
    public void LoadField(string field)
    {
        Il.Emit(OpCodes.Ldarg_1);
        LoadOffset(field);
    }

    /// <summary>Replaces the address of the call on the stack by one of its fields.</summary>
    public void LoadOffset(string field)
    {
        Il.Emit(OpCodes.Ldc_I4, (int)Marshal.OffsetOf<TileCall>(field));
        Il.Emit(OpCodes.Add);
        Il.Emit(OpCodes.Ldind_I);
    }

    /// <summary>pointer += step.</summary>
    public void Increase(LocalBuilder pointer, LocalBuilder step)
    {
        Il.Emit(OpCodes.Ldloc, pointer);
        Il.Emit(OpCodes.Ldloc, step);
        Il.Emit(OpCodes.Add);
        Il.Emit(OpCodes.Stloc, pointer);
    }

    /// <summary>counter -= amount.</summary>
    public void Decrease(LocalBuilder counter, int amount)
    {
        Il.Emit(OpCodes.Ldloc, counter);
        Il.Emit(OpCodes.Ldc_I4, amount);
        Il.Emit(OpCodes.Conv_I);
        Il.Emit(OpCodes.Sub);
        Il.Emit(OpCodes.Stloc, counter);
    }

    /// <summary>The vector operation of that name, for the element type.</summary>
    public MethodInfo Generic(string name) =>
        Array.Find(Operations.GetMethods(), method => method.Name == name && method.IsGenericMethodDefinition)!.MakeGenericMethod(_element);
}
