package safetext

import "reflect"

// HideIn is HideCredentials for every text in the value that a pointer points
// at, also below it.
func HideIn(pointer any) { hide(reflect.ValueOf(pointer).Elem()) }

// hide walks a value and says whether it changed a text in it.
func hide(v reflect.Value) bool {
	changed := false
	switch v.Kind() {
	case reflect.String:
		text := v.String()
		if changed = HasCredentials(text); changed {
			v.SetString(HideCredentials(text))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			changed = hide(v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Field(i); field.CanSet() {
				changed = hide(field) || changed
			}
		}
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return false
		}
		for i := range v.Len() {
			changed = hide(v.Index(i)) || changed
		}
	case reflect.Interface:
		changed = !v.IsNil() && hideIn(v.Elem(), v.Set)
	case reflect.Map:
		for _, key := range v.MapKeys() {
			changed = hideIn(v.MapIndex(key), func(value reflect.Value) { v.SetMapIndex(key, value) }) || changed
		}
	}
	return changed
}

// hideIn walks a value that cannot be changed where it is, and puts back what it
// became.
func hideIn(value reflect.Value, put func(reflect.Value)) bool {
	own := reflect.New(value.Type()).Elem()
	own.Set(value)
	changed := hide(own)
	if changed {
		put(own)
	}
	return changed
}
